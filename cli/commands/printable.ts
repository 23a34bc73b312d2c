/** Controls, direction marks and other format characters; but for the two joiners that Persian and Indian names need. */
const CONTROLLING = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/**
 * A text out of a file or a database as one line of a terminal: whatever would move the cursor, hide, colour or turn round what
 * is printed is shown as its number. Without this a record could print its own verdict.
 */
export const printable = (text: string): string => text.replace(CONTROLLING, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** JSON for a terminal or a program: nothing beside printable ASCII and letters, everything else as JSON's own escapes. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""),
  );
