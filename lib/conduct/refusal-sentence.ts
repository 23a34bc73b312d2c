import type { InvariantName } from "#lib/ceremony/refusal";

/** What happened, in a plain sentence, and what to do now. */
export type Said = { readonly sentence: string; readonly remedy: string };

const RELOAD = "Load the page again and look at where the ceremony stands now.";
const ADMINISTRATOR = "Ask the ceremony administrator.";
const STOP = "Stop the ceremony, note a deviation, and let the administrator of the system look into it.";
const SIGN_AGAIN = "Load the page again, read the statement once more, and sign that one.";

/** Every rule's refusal, as a person reads it. */
const SENTENCES: { readonly [invariant in InvariantName]: readonly [sentence: string, remedy: string] } = {
  "ENTRY-SHAPE": ["What was sent is not a well-formed entry.", RELOAD],
  "CHAIN-CEREMONY": ["The entry belongs to another ceremony.", RELOAD],
  "CHAIN-SEQ": ["Somebody else was a moment earlier; the entry no longer has its place.", RELOAD],
  "CHAIN-PREV": ["The entry does not follow the last one of the transcript.", RELOAD],
  "TIME-ORDER": ["The entry's time lies before the last entry's.", "Check the clock of the server."],

  "OPENED-FIRST": ["A ceremony begins with its opening, once, and nothing comes before it.", RELOAD],
  "SCRIPT-HASH": ["The script is not the one whose hash was named.", "Choose the script again from the list of published ones."],
  "SCRIPT-SOUND": [
    "The script cannot be performed as it stands.",
    "Correct the script, publish a new edition, and open the ceremony with that.",
  ],
  "ROSTER-HASH": ["The roster is not the one whose hash was named.", "Choose the roster again from the list of published ones."],
  "ROSTER-MODE": [
    "The roster is of the other mode: rehearsals and production keep apart.",
    "Choose a roster of the mode you want.",
  ],
  "ROSTER-PASSKEY": ["The roster lists a person or a passkey twice.", "Remove one of the two and publish the roster again."],
  "ROSTER-QUORUM": [
    "The roster's quorum is less than two, or more than its custodians who have a passkey.",
    "Let more custodians enrol, or publish the roster again with another quorum.",
  ],
  "ROLE-ONE": ["A person has exactly one role in a ceremony.", "Give each person one role."],
  "ROLE-ALLOWED": [
    "The roster does not allow a person the role they were given.",
    "Choose somebody whom the roster allows it, or publish a new roster.",
  ],
  "CAST-COMPLETE": [
    "The cast does not suffice for the script, or somebody in it has no passkey yet.",
    "Add the people who are missing; each needs a passkey in the roster.",
  ],

  "ENDORSEMENT-DOCUMENT": ["What was signed is another document than this one.", SIGN_AGAIN],
  "ENDORSEMENT-MODE": [
    "What was signed is of the other mode: what is agreed to for rehearsals never counts in production.",
    SIGN_AGAIN,
  ],
  "ENDORSEMENT-ROSTER": ["What was signed was signed under another roster.", SIGN_AGAIN],
  "ENDORSEMENT-CUSTODIAN": [
    "Only a custodian of the roster in force can sign this.",
    "The page shows whose signatures are awaited.",
  ],
  "ENDORSEMENT-DISTINCT": ["You have signed this already; people are counted, not signatures.", "Wait for the others."],
  "ENDORSEMENT-TIME": [
    "The time in what was signed is not one at which it can count.",
    "Load the page again and sign at once; if it happens twice, check the clock of the server.",
  ],
  "SCRIPT-ENDORSED": [
    "Not enough custodians of the roster have signed this script for production.",
    "Ask the custodians to read it under Scripts and to sign it there; then open the ceremony.",
  ],
  "DUTIES-ACCEPTED": [
    "A custodian of the cast has not accepted the duties that this script names, or too long ago.",
    "Ask them to read and sign their duties under Readiness; then open the ceremony.",
  ],
  "PASSKEYS-TESTED": [
    "A custodian of the cast has not tested a passkey lately enough for this script.",
    "Ask them to test their passkey under Readiness; then open the ceremony.",
  ],
  "GO-NO-GO": [
    "The go / no-go is not complete, or a line of it is red and nobody has noted a deviation.",
    "Before the opening: answer each line. After it: note a deviation that says why you go ahead, then open the first step.",
  ],
  "ROSTER-FOLLOWS": [
    "The roster does not follow the one that is trusted.",
    "Publish it again: the new version is made from the roster in force.",
  ],
  "ROSTER-ENDORSED": [
    "Not enough custodians of the roster before have signed this one.",
    "Ask them to read it under People and to sign it there.",
  ],

  "RECORDER-FIRST": [
    "The worker has not joined this ceremony yet, so no step can be opened.",
    "Wait a moment; if it lasts, look at the worker's health.",
  ],
  "RECORDER-SIGNED": ["An entry of the worker does not carry the recorder's valid signature.", STOP],
  "RECORDER-SAME": ["An entry was signed by another recorder than the one that joined.", STOP],
  "RECORDER-TOKENS": ["The tokens the worker found are not, one for one, those the script works on.", STOP],
  "PHASE-STOPPED": [
    "This can be done only while the ceremony is running, and resuming only while it is stopped.",
    "If it is stopped: note a deviation, then resume it, or abort it.",
  ],
  "PHASE-ENDED": ["The ceremony has ended; nothing is added to it any more.", "Look at its record, or open a new ceremony."],
  "ROLE-MAY": ["Your role in this ceremony does not include this act.", "The page shows of whom it is asked."],
  "STEP-ORDER": ["Steps are opened one after the other, and this one is not next.", RELOAD],
  "COOLING-OVER": ["The time that has to pass before this step is not over yet.", "The page shows from when it may be opened."],
  "STEP-OPEN": ["The step is not open for this now.", RELOAD],
  "STEP-KIND": ["The open step asks for something else.", RELOAD],
  "ACT-ONCE": ["This was done already; once is enough.", RELOAD],
  "NONCE-ONCE": ["The step was opened with a number that was used before.", "Open the step again."],
  "EXPIRY-SANE": ["The time to sign is not one the script allows.", "Open the step again."],
  "REOPEN-DEVIATION": [
    "Going on needs a deviation, noted since, that says why.",
    "Note a deviation for this step first, then try again.",
  ],
  "IDENTITY-OTHER": ["Nobody checks their own identity.", "Ask another witness to check yours."],
  "VALUE-TWO-PEOPLE": [
    "The value must be read by two people, the operator and a witness, each for themselves.",
    "Let the other one read it now.",
  ],
  "DEVIATION-DECIDED": ["Whoever decided takes part in this ceremony and is not its auditor, and is named once.", "Choose again who decided."],
  "DEVIATION-KNOWN": ["There is no such exception sheet.", RELOAD],
  "DEVIATIONS-READ": [
    "Every exception sheet is read aloud, in order, right before the signatures.",
    "Read all of them aloud and say so; then open the sign-off.",
  ],
  "STEP-DONE": ["Witnesses initial and attest steps that are done.", "Wait until the step is done."],
  "NOTEBOOK-PAGES": [
    "A notebook is released page by page, none left out and none twice, as it was written.",
    "Close the sheet, open your notebook again, and release it anew.",
  ],
  "PAPER-CLAIM": [
    "What was done on paper lies within this ceremony, names a deviation that says why, and is the same account from both people.",
    "Look at the times and at the deviation; note one for this step if there is none.",
  ],
  "PAPER-TWO-PEOPLE": ["A step on paper is signed for by two people of different roles.", "Somebody in another role has to sign too."],
  "EVIDENCE-ONCE": [
    "This file is evidence in this ceremony already, and counts once.",
    "Take a photograph or a file of its own for this, or name the step where it stands.",
  ],

  "PASSKEY-ROSTER": [
    "This passkey is not in the roster of this ceremony.",
    "Use the passkey you had when the roster was published, or ask the administrator.",
  ],
  "PASSKEY-OWNER": ["This passkey belongs to somebody else.", "Sign with your own passkey."],
  "PASSKEY-POLICY": [
    "This passkey is not of the kind that the script asks of its custodians.",
    "Use another of your passkeys, a security key perhaps; if you have none of that kind, one has to be enrolled for the next roster.",
  ],
  "ASSERTION-TYPE": [
    "What the passkey gave is not a signature that can be read.",
    "Try again; if it happens twice, use another browser or passkey.",
  ],
  "ASSERTION-CHALLENGE": ["What was signed is not this statement.", SIGN_AGAIN],
  "ASSERTION-ORIGIN": [
    "The signature was made on another site.",
    "Open the ceremony at the address you were given, and tell the administrator.",
  ],
  "ASSERTION-RP": [
    "The signature was made for another site's name.",
    "Open the ceremony at the address you were given, and tell the administrator.",
  ],
  "ASSERTION-USER-VERIFIED": [
    "The passkey did not ask you to prove that it is you.",
    "Use a passkey with a fingerprint, a face or a code of its own, and try again.",
  ],
  "ASSERTION-SIGNATURE": [
    "The signature does not verify under this passkey's key.",
    "Try again; if it happens twice, tell the administrator.",
  ],
  "STATEMENT-ACT": ["What was signed is another decision than the one that was sent.", SIGN_AGAIN],
  "STATEMENT-CEREMONY": ["The signed statement is of another ceremony.", SIGN_AGAIN],
  "STATEMENT-MODE": ["The signed statement is of the other mode: a rehearsal never counts in production.", SIGN_AGAIN],
  "STATEMENT-SCRIPT": ["The signed statement is of another script.", SIGN_AGAIN],
  "STATEMENT-STEP": ["The signed statement is of another step.", SIGN_AGAIN],
  "STATEMENT-WHAT": ["The operation or its parameters are not those the script asks for.", SIGN_AGAIN],
  "STATEMENT-TOKEN": ["The signed statement names another token.", SIGN_AGAIN],
  "STATEMENT-HEAD": ["The signed statement belongs to an earlier opening of the step.", SIGN_AGAIN],
  "STATEMENT-NONCE": ["The signed statement belongs to an earlier opening of the step.", SIGN_AGAIN],
  "STATEMENT-PERSON": ["The signed statement is in another person's name or role.", SIGN_AGAIN],
  "STATEMENT-EXPIRED": ["The time to sign has passed.", "Note a deviation, and let the operator open the step again."],
  "REQUESTER-APPROVES": ["Whoever opened the step cannot approve it.", "Another custodian has to approve."],
  "QUORUM-DISTINCT": ["You have approved this already; people are counted, not signatures.", "Wait for the others."],
  "QUORUM-REACHED": ["Not enough people have approved yet.", "Wait for the others."],

  "SECRET-INVITED": ["The worker asks for secrets that the next operation does not need, or before it was agreed to.", STOP],
  "SECRET-NEWEST": [
    "The part was encrypted for an earlier call of the worker, or for none.",
    "Enter the part once more: the page has the newest call.",
  ],
  "SECRET-ONCE": ["This part has been entered already.", "Look which parts are still awaited."],
  "SECRET-TWO-PEOPLE": ["The two parts of a secret come from two different people.", "Another custodian enters the other part."],
  "SECRET-COMPLETE": ["Not all parts of the secrets have been entered yet.", "Wait for the others."],

  "OPERATION-ORDER": ["The operations of a step are done one after the other, and this one is not next.", RELOAD],
  "OPERATION-QUORUM": ["The operation does not name the approvals that authorise it.", STOP],
  "OPERATION-ID": ["The operation was given another key id than the one that follows from its approvals.", STOP],
  "OUTCOME-MATCHES": ["What the worker reports contradicts what was asked.", STOP],
  "INVENTORY-NOTED": [
    "A listing of the token shows what nobody accounts for, and the recorder has not noted it rightly yet.",
    "Wait for its deviation, read it aloud, then go on, or stop the ceremony.",
  ],
  "CLOSE-COMPLETE": ["The ceremony cannot be closed while something is left to do.", ADMINISTRATOR],
};

/** The sentence for a rule's refusal, and what to do now. Total over the rules. */
export function refusalSentence(invariant: InvariantName): Said {
  const [sentence, remedy] = SENTENCES[invariant];
  return { sentence, remedy };
}
