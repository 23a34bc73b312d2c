/** Pages that could not be shown, and requests that were not answered. */
export const faults = {
  notShown: "Not shown",
  notShownHeading: "This page could not be shown.",
  notShownWhy:
    "The server could not make it, most likely because the database did not answer. Everything that was written is kept, and a ceremony in progress stands where it stood. The worker waits rather than guesses.",
  tryAgainHint: "Try again. If it stays like this, tell whoever runs the server.",
  tryAgainNumber: "Try again. If it stays like this, tell whoever runs the server, with this number:",
  tryAgain: "Try again",
  toFirst: "To the first page",
  notHere: "Not here",
  notHereHeading: "There is nothing at this address.",
  notHereWhy:
    "It may have been mistyped, or you may not take part in the ceremony it belongs to. Nothing was changed and nothing is lost: ceremonies and their records are never deleted.",
  toWaiting: "To what waits for you",
  code: "Code <measured>{code}</measured>",
  offline: {
    sentence: "The server does not answer.",
    remedy: "Nothing that was written is lost. Check the connection and try again.",
  },
  signedOut: {
    sentence: "You are no longer signed in.",
    remedy: "Sign in again; the ceremony goes on meanwhile and nothing is lost.",
  },
  http: { sentence: "The server could not do this.", remedy: "The transcript is unchanged. Try again in a moment." },
  passkey: {
    cancelled: "The passkey was not used: it was cancelled, or it took too long.",
    broken: "This browser could not use the passkey.",
    remedy: "Nothing was signed and nothing was sent. Try again, or use another of your passkeys.",
  },
} as const;
