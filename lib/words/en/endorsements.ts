/** Reading and endorsing rosters and scripts. */
export const endorsements = {
  script: {
    reached: "Endorsed for production by custodians of roster version {roster, number}.",
    missing:
      "Not for production yet: {n, plural, one {# more custodian} other {# more custodians}} of roster version {roster, number} must endorse it.",
    panel: "Endorsements of this script",
    sheet: "Endorse a script for production",
    said: "I have read the script with this hash, and the others read the same words.",
    agree: "I agree that this script may be performed in production:",
    means:
      "A production ceremony can be opened with it as soon as {n, number} custodians of the roster in force have signed it. Dated <time></time>.",
    hash: "SHA-256 of the script, computed in this browser; read the words to the others before you sign",
    title: "{title}, edition {edition, number}",
    hashed: "Every byte of the script was hashed here, and has the hash that you sign.",
  },
  roster: {
    reached: "Endorsed by the quorum of version {roster, number}; the worker trusts it by itself.",
    missing:
      "It does not count yet: {n, plural, one {# more custodian} other {# more custodians}} of roster version {roster, number} must endorse it.",
    panel: "Endorsements of this roster",
    sheet: "Endorse the next roster",
    said: "I know of every change, and the others read the same words.",
    agree: "I agree that from now on these people and passkeys count:",
    means:
      "The worker will trust it by itself as soon as {n, number} custodians of the roster in force have signed it. Dated <time></time>.",
    hash: "SHA-256 of the roster, computed in this browser; read the words to the others before you sign",
    title: "Roster, version {version, number}",
    hashed: "Every byte of the roster was hashed here, and has the hash that you sign.",
  },
  check: {
    page: "It is about what you see on the page.",
    roster: "It asks the custodians of the roster in force, whose bytes were hashed here too.",
    you: "You are one of them.",
    own: "Name, number and mode in it are the document's own, and nothing else is in it.",
    follows: "The new roster comes after the one in force.",
  },
  has: "Has endorsed:",
  hasNot: "Has not endorsed:",
  awaited: "Awaited:",
  done: "You have endorsed it.",
  read: "Read and endorse …",
  asking: "Asking for every byte of it, and computing its hash here …",
  sign: "Endorse with my passkey",
  code: "Code of what you sign, for a second screen",
  itsHash: "Its SHA-256, which is what your passkey signs",
  unchanged: "Nothing is other than in the roster in force, but the salts of its names.",
  noDocument: {
    sentence: "What the server proposes to sign is no such document.",
    remedy: "Do not sign, and tell the administrator of the system.",
  },
} as const;
