import { canDraw } from "./typefaces";

/** The characters in all texts of a value, however deep, that no record could show: "U+0BA4", each once. Asked of a script before it is performed. */
export function undrawableIn(value: unknown): string[] {
  if (typeof value === "string") return canDraw(value);
  if (typeof value !== "object" || value === null) return [];
  return [...new Set(Object.values(value).flatMap(undrawableIn))];
}

const NO_SIGN = "\ufffd";

/**
 * The same value with every character that no record could show replaced by the sign for that. The app lets none in; one that came
 * past it, or that a token calls an object by, must not take the record away.
 */
export function drawable<T>(value: T): T {
  if (typeof value === "string") return (canDraw(value).length === 0 ? value : drawableText(value)) as T;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => drawable(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, drawable<unknown>(member)])) as T;
}

const drawableText = (text: string): string =>
  Array.from(text.normalize("NFC"), (character) => (character === "\t" ? " " : canDraw(character).length === 0 ? character : NO_SIGN)).join("");
