import { INVARIANTS, type InvariantName } from "#lib/ceremony/refusal";
import type { Objection, ObjectionName } from "./objection";
import { refusalSentence, type Said } from "./refusal-sentence";

type Words = { readonly status: number; readonly sentence: string; readonly remedy: string };

/** Status codes as in RFC 9110 and RFC 6585. */
const WORDS: { readonly [name in ObjectionName]: Words } = {
  FORM: {
    status: 400,
    sentence: "What was sent is not what this address takes.",
    remedy: "Correct the field that is named, and send it again.",
  },
  "TEXT-MISSING": { status: 422, sentence: "There is nothing in a field that must be filled in.", remedy: "Fill it in." },
  "TEXT-LONG": { status: 422, sentence: "The text is longer than it may be.", remedy: "Shorten it." },
  "TEXT-CHARACTERS": {
    status: 422,
    sentence: "The text contains a character that cannot be seen, or that turns the reading direction.",
    remedy: "Type the text by hand instead of pasting it.",
  },
  "TEXT-UNDRAWABLE": {
    status: 422,
    sentence: "The text contains a character that the printed record cannot show.",
    remedy: "Write it with other characters, for a name perhaps as it stands in the passport's machine-readable lines.",
  },
  "STATEMENT-UNREADABLE": {
    status: 400,
    sentence: "What was sent as a statement is none.",
    remedy: "Load the page again and sign what it shows.",
  },
  "STATEMENT-NONE": {
    status: 409,
    sentence: "There is nothing for you to sign at this step now.",
    remedy: "Load the page again and look at what is asked.",
  },
  "REMARK-OPENING": {
    status: 400,
    sentence: "The remark sent is not the one in the signed statement.",
    remedy: "Write the remark again and sign again.",
  },
  "PART-CIPHERTEXT": {
    status: 400,
    sentence: "The encrypted part is missing, or is not the one that was signed.",
    remedy: "Nothing was entered. Load the page again and enter your part once more.",
  },
  "SCRIPT-FINDINGS": {
    status: 422,
    sentence: "The script has errors.",
    remedy: "Correct the lines that are named, and publish it again.",
  },

  "FILE-EMPTY": { status: 422, sentence: "There is nothing in the file.", remedy: "Choose another one." },
  "FILE-LARGE": {
    status: 413,
    sentence: "The file is larger than 20 MiB, and was not taken in.",
    remedy: "Leave it where it is and note its hash alone, which this browser works out without sending it.",
  },
  "FILES-MANY": {
    status: 413,
    sentence: "The files of this ceremony come to more than 500 MiB, and this one was not taken in.",
    remedy: "Leave it where it is and note its hash alone, which this browser works out without sending it.",
  },

  "FILE-NOT-YOURS": {
    status: 403,
    sentence: "You take no part in this ceremony that could name evidence, so no file is taken from you.",
    remedy: "Give it to the operator or a witness.",
  },
  "HAND-UNKNOWN": {
    status: 403,
    sentence: "On a shared browser every act says whose it is, and is signed with that person's passkey.",
    remedy: "Choose who acts. Nothing was written down.",
  },
  "HAND-REFUSED": {
    status: 403,
    sentence: "The passkey that was used is not one of the person who was chosen, or did not sign this act.",
    remedy: "Nothing was written down. Choose who acts, and let that person use their own passkey.",
  },
  "HAND-SPENT": {
    status: 409,
    sentence: "Too much time passed since the person was asked for their passkey, or it was used for this already.",
    remedy: "Nothing was written down. Choose who acts, and try once more.",
  },
  "SHARE-NOT-YOURS": {
    status: 403,
    sentence: "A browser is passed round only by the operator or the administrator of a ceremony, while it is under way.",
    remedy: "Ask one of them.",
  },
  "NOT-SIGNED-IN": {
    status: 401,
    sentence: "You are not signed in, or your session has ended.",
    remedy: "Sign in with your passkey. Nothing that was recorded is lost.",
  },
  "SIGN-IN-REFUSED": {
    status: 401,
    sentence: "The sign-in was not accepted.",
    remedy: "Try again with the passkey you enrolled here; if it is new or lost, ask the administrator for a link.",
  },
  "LOOK-ONLY": {
    status: 403,
    sentence: "You signed in without a passkey, and so can look but not act.",
    remedy: "Sign out, and sign in with your passkey.",
  },
  "ADMINISTRATOR-ONLY": { status: 403, sentence: "This is for administrators.", remedy: "Ask an administrator to do it." },
  "OTHER-ORIGIN": {
    status: 403,
    sentence: "The request did not come from this site's own pages.",
    remedy: "Open the site at its own address and try there.",
  },
  "TOO-OFTEN": { status: 429, sentence: "This was tried too often.", remedy: "Wait, then try again." },

  "NOT-FOUND": {
    status: 404,
    sentence: "There is no such thing here, or it is not for you.",
    remedy: "Check the address; ask the administrator whether you take part.",
  },
  "RECORD-NOT-SEALED": {
    status: 404,
    sentence: "The record is not sealed yet.",
    remedy: "It is sealed within moments of the closing; try again then.",
  },
  "PERSON-UNKNOWN": {
    status: 404,
    sentence: "There is no such person, or they are disabled.",
    remedy: "Look at the list of people.",
  },
  "SCRIPT-UNKNOWN": {
    status: 404,
    sentence: "No script with this hash was published.",
    remedy: "Choose one from the list of scripts.",
  },
  "ROSTER-UNKNOWN": {
    status: 404,
    sentence: "No roster with this hash was published.",
    remedy: "Choose one from the list of rosters.",
  },

  "FILE-TOO-LATE": {
    status: 409,
    sentence: "The ceremony is over, and no evidence can be named in it any more.",
    remedy: "Keep the file with the record.",
  },
  "LINK-SPENT": {
    status: 410,
    sentence: "This link has been used, has expired, or never was.",
    remedy: "Ask the administrator for a new one.",
  },
  "CHALLENGE-SPENT": {
    status: 409,
    sentence: "Too much time passed, or the page was used twice.",
    remedy: "Load the page again and try once more.",
  },
  "PASSKEY-TAKEN": {
    status: 409,
    sentence: "This passkey is registered already.",
    remedy: "Use another passkey or security key.",
  },
  "PASSKEY-UNFIT": {
    status: 422,
    sentence: "This passkey cannot be used here.",
    remedy: "Use one that checks that it is you: a fingerprint, a face, or a code of its own.",
  },
  "EMAIL-TAKEN": {
    status: 409,
    sentence: "Somebody else has this e-mail address.",
    remedy: "Use another address, or leave it out.",
  },
  "SCRIPT-TAKEN": {
    status: 409,
    sentence: "Another text was published as this edition of the script.",
    remedy: "Raise the edition number and publish again.",
  },
  "ROSTER-OVERTAKEN": {
    status: 409,
    sentence: "Somebody else has just published a roster.",
    remedy: "Look at theirs, then publish again if it is still needed.",
  },
  "REHEARSAL-MISSING": {
    status: 409,
    sentence: "This script asks for a rehearsal of this very text not long ago, and there is none that was played to its end.",
    remedy: "Rehearse it to its end first. A changed text is another one, and is rehearsed again.",
  },
  "ROSTER-AWAITED": {
    status: 409,
    sentence: "This roster is not in force: its signatures are still awaited, or a newer one has taken its place.",
    remedy: "Open the ceremony with the roster in force; under People stands whose signatures are awaited.",
  },
  "NOTHING-TO-ENDORSE": {
    status: 409,
    sentence: "There is nothing here that could be signed now.",
    remedy: "Load the page again: it was overtaken, or is in force already.",
  },
  "ROSTER-EMPTY": { status: 409, sentence: "There is nobody to put into a roster.", remedy: "Invite people first." },
  "LAST-ADMINISTRATOR": {
    status: 409,
    sentence: "This is the last administrator who can sign in; nobody could make another.",
    remedy: "Invite a second administrator first, and let them enrol.",
  },

  BUSY: {
    status: 503,
    sentence: "Too many people acted at the same moment, and this act was not recorded.",
    remedy: "Try again now.",
  },
  "DATABASE-GONE": {
    status: 503,
    sentence: "The database does not answer just now. Nothing that was recorded is lost.",
    remedy: "Wait a moment, load the page again, and see whether your act was recorded.",
  },
  "TRANSCRIPT-BROKEN": {
    status: 500,
    sentence: "The kept transcript of this ceremony does not hold: somebody changed what is stored.",
    remedy:
      "Do nothing more in this ceremony, and call whoever runs the system. Earlier copies of the transcript show what was changed.",
  },
  FAULT: {
    status: 500,
    sentence: "Something broke on the server. Nothing that was recorded is lost.",
    remedy: "Load the page again and see whether your act was recorded; if not, try once more.",
  },
};

const isInvariant = (code: string): code is InvariantName => (INVARIANTS as readonly string[]).includes(code);

/** What a person is told, and the HTTP status that goes with it: 409 for every refusal by a rule. */
export function objectionSentence({ code, facts }: Objection): Said & { readonly status: number } {
  if (isInvariant(code)) return { status: 409, ...refusalSentence(code) };
  const { status, sentence, remedy } = WORDS[code];
  const { findings } = facts;
  if (Array.isArray(findings)) return { status, sentence: `${sentence.replace(/\.$/, "")}: ${findings.join(" ")}`, remedy };
  const field = typeof facts["field"] === "string" ? ` (${facts["field"]})` : "";
  return { status, sentence: field === "" ? sentence : sentence.replace(/\.$/, `${field}.`), remedy };
}
