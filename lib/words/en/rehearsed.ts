/** Which rehearsal of the same text there was, and what differed in it. */
export const rehearsed = {
  aborted: "It was aborted.",
  undone: "{n, number} of {of, number} steps were not done.",
  deviation: "Deviation of class {class}",
  deviationSaid: "Deviation of class {class}: {happened}",
  deviationAt: "Deviation of class {class} at step {step}",
  deviationAtSaid: "Deviation of class {class} at step {step}: {happened}",
  title: "Rehearsed",
  passed: "This very text was played to its end in rehearsal {id}, closed <at></at>.",
  took: "It took {minutes, number} minutes; {planned, number} were planned.",
  people: "With {people}.",
  differed: "What differed from the script:",
  alike: "Nothing differed from the script.",
  untold: "The opening says no more about it.",
  head: "Its last entry, to compare with that rehearsal's own record",
  word: "By the word of the app: it is in the first entry, and the rules do not decide it.",
  none: "The opening names no rehearsal of this text.",
} as const;
