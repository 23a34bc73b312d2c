/** What came of an operation, under its step. */
export const results = {
  done: "Done; signed by the recorder at <time></time>",
  doneAfter: "Done; signed by the recorder at <time></time> after <took></took>",
  found: "Found done after an interruption, not done again; signed by the recorder at <time></time>",
  foundAfter: "Found done after an interruption, not done again; signed by the recorder at <time></time> after <took></took>",
  readBack: "Read back from the token",
  needless: "{text} (nobody asked for this)",
} as const;
