/** A text as an entry has it, whatever keyboard it came from: NFC, trimmed, line breaks as \n. */
export const tidyText = (text: string): string => text.replace(/\r\n?/g, "\n").normalize("NFC").trim();
