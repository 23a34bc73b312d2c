import { told, type Told } from "./told";

/**
 * Characters that print as nothing, turn the reading direction or stand for no agreed sign: people cannot see what they
 * would sign. Line feed and tab are the only control characters a text needs.
 */
const DECEPTIVE = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** The first such character: where it stands, and its name as U+202E. Null when everything can be seen. */
export function deceptiveIn(text: string): { readonly index: number; readonly name: string } | null {
  const found = DECEPTIVE.exec(text);
  if (!found) return null;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return { index: found.index, name: `U+${code}` };
}

/** What to say of it. */
export const deceptiveSentence = (name: string): Told => told`The invisible character ${name} may not stand in a script.`;
