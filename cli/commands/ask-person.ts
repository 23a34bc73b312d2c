import { createInterface } from "node:readline/promises";
import { Unusable } from "./command";

/** What a person at the terminal types; where there is none, `option` is how a script gives it. */
export async function askPerson(question: string, option: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Unusable(`There is nobody to ask: give the words with ${option}.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
