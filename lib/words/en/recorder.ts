/** Whose signature a browser believes when half of a secret is typed: compared by a person, and kept in the browser. */
export const recorder = {
  heading: "Whose key your half is encrypted to",
  hash: "SHA-256 of the recorder’s certificate",
  known: "It is the recorder that was compared with the minutes in this browser on {day}.",
  newTitle: "Nobody has compared this recorder in this browser yet.",
  newAbout:
    "This certificate decides who can read your half. Compare all its words with the minutes of the day on which the recorder was made, or with your second screen, before you type anything. If one differs, type nothing and stop the ceremony.",
  elsewhere: "This browser knows another recorder of {organisation}, of token {token}. Ask why this ceremony has another token.",
  compared: "I have compared all the words, and they are the same.",
  remember: "Remember this recorder in this browser",
  otherTitle: "This is not the recorder that was compared in this browser.",
  otherAbout:
    "On {day} another one was compared for token {token}. Type nothing, say so in the room, and stop the ceremony: whoever has put this certificate here could read your half.",
  before: "The one that was compared",
  renewed:
    "Only if the minutes tell of a new recorder for this token: type its first eight words as they stand in the minutes, not as they stand here.",
  words: "First eight words in the minutes",
  wordsDiffer: "These are not its first eight words. Nothing was changed: type nothing more, and stop the ceremony.",
  replace: "Put it in the place of the one before",
  code: "QR code of the recorder, for a second screen",
} as const;
