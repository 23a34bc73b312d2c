/** RFC 4180: every field quoted. What a spreadsheet would take for a formula is told from one by a sign before it. */
const field = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Lines of a CSV file, each with its end. */
export const csvLines = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => `${line.map(field).join(",")}\r\n`).join("");
