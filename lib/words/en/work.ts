/** What stands in the words of an operation's work where its request names no token. The words themselves are each operation's own. */
export const work = {
  theToken: "the token",
} as const;
