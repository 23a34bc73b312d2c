const RELOAD = "Load the page again and look at where the ceremony stands now.";
const ADMINISTRATOR = "Ask the ceremony administrator.";
const STOP = "Stop the ceremony, note a deviation, and let the administrator of the system look into it.";
const SIGN_AGAIN = "Load the page again, read the statement once more, and sign that one.";

/** Every rule's refusal, as a person reads it: what happened, and what to do now. */
export const refusals = {
  "ENTRY-SHAPE": { sentence: "What was sent is not a well-formed entry.", remedy: RELOAD },
  "CHAIN-CEREMONY": { sentence: "The entry belongs to another ceremony.", remedy: RELOAD },
  "CHAIN-SEQ": { sentence: "Somebody else was a moment earlier; the entry no longer has its place.", remedy: RELOAD },
  "CHAIN-PREV": { sentence: "The entry does not follow the last one of the transcript.", remedy: RELOAD },
  "TIME-ORDER": { sentence: "The entry's time lies before the last entry's.", remedy: "Check the clock of the server." },

  "OPENED-FIRST": { sentence: "A ceremony begins with its opening, once, and nothing comes before it.", remedy: RELOAD },
  "SCRIPT-HASH": {
    sentence: "The script is not the one whose hash was named.",
    remedy: "Choose the script again from the list of published ones.",
  },
  "SCRIPT-SOUND": {
    sentence: "The script cannot be performed as it stands.",
    remedy: "Correct the script, publish a new edition, and open the ceremony with that.",
  },
  "ROSTER-HASH": {
    sentence: "The roster is not the one whose hash was named.",
    remedy: "Choose the roster again from the list of published ones.",
  },
  "ROSTER-MODE": {
    sentence: "The roster is of the other mode: rehearsals and production keep apart.",
    remedy: "Choose a roster of the mode you want.",
  },
  "ROSTER-PASSKEY": {
    sentence: "The roster lists a person or a passkey twice.",
    remedy: "Remove one of the two and publish the roster again.",
  },
  "ROSTER-QUORUM": {
    sentence: "The roster's quorum is less than two, or more than its custodians who have a passkey.",
    remedy: "Let more custodians enrol, or publish the roster again with another quorum.",
  },
  "ROLE-ONE": { sentence: "A person has exactly one role in a ceremony.", remedy: "Give each person one role." },
  "ROLE-ALLOWED": {
    sentence: "The roster does not allow a person the role they were given.",
    remedy: "Choose somebody whom the roster allows it, or publish a new roster.",
  },
  "CAST-COMPLETE": {
    sentence: "The cast does not suffice for the script, or somebody in it has no passkey yet.",
    remedy: "Add the people who are missing; each needs a passkey in the roster.",
  },

  "ENDORSEMENT-DOCUMENT": { sentence: "What was signed is another document than this one.", remedy: SIGN_AGAIN },
  "ENDORSEMENT-MODE": {
    sentence: "What was signed is of the other mode: what is agreed to for rehearsals never counts in production.",
    remedy: SIGN_AGAIN,
  },
  "ENDORSEMENT-ROSTER": { sentence: "What was signed was signed under another roster.", remedy: SIGN_AGAIN },
  "ENDORSEMENT-CUSTODIAN": {
    sentence: "Only a custodian of the roster in force can sign this.",
    remedy: "The page shows whose signatures are awaited.",
  },
  "ENDORSEMENT-DISTINCT": {
    sentence: "You have signed this already; people are counted, not signatures.",
    remedy: "Wait for the others.",
  },
  "ENDORSEMENT-TIME": {
    sentence: "The time in what was signed is not one at which it can count.",
    remedy: "Load the page again and sign at once; if it happens twice, check the clock of the server.",
  },
  "SCRIPT-ENDORSED": {
    sentence: "Not enough custodians of the roster have signed this script for production.",
    remedy: "Ask the custodians to read it under Scripts and to sign it there; then open the ceremony.",
  },
  "DUTIES-ACCEPTED": {
    sentence: "A custodian of the cast has not accepted the duties that this script names, or too long ago.",
    remedy: "Ask them to read and sign their duties under Readiness; then open the ceremony.",
  },
  "PASSKEYS-TESTED": {
    sentence: "A custodian of the cast has not tested a passkey lately enough for this script.",
    remedy: "Ask them to test their passkey under Readiness; then open the ceremony.",
  },
  "GO-NO-GO": {
    sentence: "The go / no-go is not complete, or a line of it is red and nobody has noted a deviation.",
    remedy: "Before the opening: answer each line. After it: note a deviation that says why you go ahead, then open the first step.",
  },
  "ROSTER-FOLLOWS": {
    sentence: "The roster does not follow the one that is trusted.",
    remedy: "Publish it again: the new version is made from the roster in force.",
  },
  "ROSTER-ENDORSED": {
    sentence: "Not enough custodians of the roster before have signed this one.",
    remedy: "Ask them to read it under People and to sign it there.",
  },

  "RECORDER-FIRST": {
    sentence: "The worker has not joined this ceremony yet, so no step can be opened.",
    remedy: "Wait a moment; if it lasts, look at the worker's health.",
  },
  "RECORDER-SIGNED": { sentence: "An entry of the worker does not carry the recorder's valid signature.", remedy: STOP },
  "RECORDER-SAME": { sentence: "An entry was signed by another recorder than the one that joined.", remedy: STOP },
  "RECORDER-TOKENS": { sentence: "The tokens the worker found are not, one for one, those the script works on.", remedy: STOP },
  "PHASE-STOPPED": {
    sentence: "This can be done only while the ceremony is running, and resuming only while it is stopped.",
    remedy: "If it is stopped: note a deviation, let the custodians agree to it, then resume; or abort.",
  },
  "PHASE-ENDED": {
    sentence: "The ceremony has ended; nothing is added to it any more.",
    remedy: "Look at its record, or open a new ceremony.",
  },
  "ROLE-MAY": {
    sentence: "Your role in this ceremony does not include this act.",
    remedy: "The page shows of whom it is asked.",
  },
  "STEP-ORDER": { sentence: "Steps are opened one after the other, and this one is not next.", remedy: RELOAD },
  "COOLING-OVER": {
    sentence: "The time that has to pass before this step is not over yet.",
    remedy: "The page shows from when it may be opened.",
  },
  "STEP-OPEN": { sentence: "The step is not open for this now.", remedy: RELOAD },
  "STEP-KIND": { sentence: "The open step asks for something else.", remedy: RELOAD },
  "ACT-ONCE": { sentence: "This was done already; once is enough.", remedy: RELOAD },
  "NONCE-ONCE": { sentence: "The step was opened with a number that was used before.", remedy: "Open the step again." },
  "EXPIRY-SANE": { sentence: "The time to sign is not one the script allows.", remedy: "Open the step again." },
  "REOPEN-DEVIATION": {
    sentence: "Going on needs a deviation, noted since, that says why.",
    remedy: "Note a deviation for this step first, then try again.",
  },
  "RESUME-QUORUM": {
    sentence: "Going on after a stop needs the script’s quorum.",
    remedy: "Wait until enough custodians have agreed, each with their passkey, to going on as that deviation says.",
  },
  "IDENTITY-OTHER": { sentence: "Nobody checks their own identity.", remedy: "Ask another witness to check yours." },
  "PHASE-BREAK": {
    sentence: "The room is on a break: nothing is done before everybody is back and counted.",
    remedy: "End the break first. Stopping, noting a deviation and aborting are possible all the time.",
  },
  "PRESENT-ACTS": {
    sentence: "You are noted as not in the room.",
    remedy: "Let the operator or a witness note that you are there; stopping is possible all the time.",
  },
  "IDENTITY-FIRST": {
    sentence: "You came after the others were checked, and nobody has compared you with a document yet.",
    remedy: "Let a witness check your identity; stopping is possible all the time.",
  },
  "STAND-IN": {
    sentence: "This person cannot take that place: a stand-in is new to the ceremony, takes the role of the one who leaves, and is named by somebody else.",
    remedy: "Choose one of the stand-ins that the page shows; who was replaced once does not come back.",
  },
  "STAND-IN-DEVIATION": {
    sentence: "Somebody is replaced with a deviation of its own, noted before, that says why.",
    remedy: "Note the deviation, then replace the person.",
  },
  "BREAK-STEP": {
    sentence: "The break cannot begin or end here: an operation is under way, or the script has a step of its own for it.",
    remedy: "Wait for the worker, or open the step of the script by which the break begins or ends.",
  },
  "BREAK-COUNT": {
    sentence: "The count does not hold: it names participants once each, whoever counts among them, at least one seal or why there is none, and when it ends the same seals as when it began.",
    remedy: "Load the page again and count once more.",
  },
  "BREAK-TWO-PEOPLE": {
    sentence: "Whoever counted the room out does not count it in: it takes the operator and a witness.",
    remedy: "Let the other one count, and read the seals for themselves.",
  },
  "TOKEN-OUT": {
    sentence: "During a break the worker is logged out of the token, and logs in when the break is over.",
    remedy: "Wait for the worker to say that it is logged in again.",
  },
  "CLOCK-COMPARED": {
    sentence: "This device's clock already stands in the transcript as it goes now.",
    remedy: "There is nothing to do: it is compared again when it changes.",
  },
  "VALUE-TWO-PEOPLE": {
    sentence: "The value must be read by two people, the operator and a witness, each for themselves.",
    remedy: "Let the other one read it now.",
  },
  "DEVIATION-DECIDED": {
    sentence: "Whoever decided takes part in this ceremony and is not its auditor, and is named once.",
    remedy: "Choose again who decided.",
  },
  "DEVIATION-KNOWN": { sentence: "There is no such exception sheet.", remedy: RELOAD },
  "DEVIATIONS-READ": {
    sentence: "Every exception sheet is read aloud, in order, right before the signatures.",
    remedy: "Read all of them aloud and say so; then open the sign-off, and let everybody sign. Once all have signed, stop the room first.",
  },
  "INITIALS-ALL": {
    sentence: "Everybody here initials every exception sheet before the signatures, or the sheet says why not.",
    remedy: "Wait for the initials that are missing, or write down who does not give theirs, and why.",
  },
  "STEP-DONE": { sentence: "Witnesses initial and attest steps that are done.", remedy: "Wait until the step is done." },
  "NOTEBOOK-PAGES": {
    sentence: "A notebook is released page by page, none left out and none twice, as it was written.",
    remedy: "Close the sheet, open your notebook again, and release it anew.",
  },
  "PAPER-CLAIM": {
    sentence: "What was done on paper lies within this ceremony, names a deviation that says why, and is the same account from both people.",
    remedy: "Look at the times and at the deviation; note one for this step if there is none.",
  },
  "PAPER-TWO-PEOPLE": {
    sentence: "A step on paper is signed for by two people of different roles.",
    remedy: "Somebody in another role has to sign too.",
  },
  "EVIDENCE-ONCE": {
    sentence: "This file is evidence in this ceremony already, and counts once.",
    remedy: "Take a photograph or a file of its own for this, or name the step where it stands.",
  },

  "PASSKEY-ROSTER": {
    sentence: "This passkey is not in the roster of this ceremony.",
    remedy: "Use the passkey you had when the roster was published, or ask the administrator.",
  },
  "PASSKEY-OWNER": { sentence: "This passkey belongs to somebody else.", remedy: "Sign with your own passkey." },
  "PASSKEY-POLICY": {
    sentence: "This passkey is not of the kind that the script asks of its custodians.",
    remedy: "Use another of your passkeys, a security key perhaps; if you have none of that kind, one has to be enrolled for the next roster.",
  },
  "ASSERTION-TYPE": {
    sentence: "What the passkey gave is not a signature that can be read.",
    remedy: "Try again; if it happens twice, use another browser or passkey.",
  },
  "ASSERTION-CHALLENGE": { sentence: "What was signed is not this statement.", remedy: SIGN_AGAIN },
  "ASSERTION-ORIGIN": {
    sentence: "The signature was made on another site.",
    remedy: "Open the ceremony at the address you were given, and tell the administrator.",
  },
  "ASSERTION-RP": {
    sentence: "The signature was made for another site's name.",
    remedy: "Open the ceremony at the address you were given, and tell the administrator.",
  },
  "ASSERTION-USER-VERIFIED": {
    sentence: "The passkey did not ask you to prove that it is you.",
    remedy: "Use a passkey with a fingerprint, a face or a code of its own, and try again.",
  },
  "ASSERTION-SIGNATURE": {
    sentence: "The signature does not verify under this passkey's key.",
    remedy: "Try again; if it happens twice, tell the administrator.",
  },
  "STATEMENT-ACT": { sentence: "What was signed is another decision than the one that was sent.", remedy: SIGN_AGAIN },
  "STATEMENT-CEREMONY": { sentence: "The signed statement is of another ceremony.", remedy: SIGN_AGAIN },
  "STATEMENT-MODE": {
    sentence: "The signed statement is of the other mode: a rehearsal never counts in production.",
    remedy: SIGN_AGAIN,
  },
  "STATEMENT-SCRIPT": { sentence: "The signed statement is of another script.", remedy: SIGN_AGAIN },
  "STATEMENT-STEP": { sentence: "The signed statement is of another step.", remedy: SIGN_AGAIN },
  "STATEMENT-WHAT": { sentence: "The operation or its parameters are not those the script asks for.", remedy: SIGN_AGAIN },
  "STATEMENT-TOKEN": { sentence: "The signed statement names another token.", remedy: SIGN_AGAIN },
  "STATEMENT-HEAD": { sentence: "The signed statement belongs to an earlier opening of the step.", remedy: SIGN_AGAIN },
  "STATEMENT-NONCE": { sentence: "The signed statement belongs to an earlier opening of the step.", remedy: SIGN_AGAIN },
  "STATEMENT-PERSON": { sentence: "The signed statement is in another person's name or role.", remedy: SIGN_AGAIN },
  "STATEMENT-EXPIRED": {
    sentence: "The time to sign has passed.",
    remedy: "Note a deviation, and let the operator open the step again.",
  },
  "REQUESTER-APPROVES": { sentence: "Whoever opened the step cannot approve it.", remedy: "Another custodian has to approve." },
  "QUORUM-DISTINCT": {
    sentence: "You have approved this already; people are counted, not signatures.",
    remedy: "Wait for the others.",
  },
  "QUORUM-REACHED": { sentence: "Not enough people have approved yet.", remedy: "Wait for the others." },

  "SECRET-INVITED": {
    sentence: "The worker asks for secrets that the next operation does not need, or before it was agreed to.",
    remedy: STOP,
  },
  "SECRET-NEWEST": {
    sentence: "The part was encrypted for an earlier call of the worker, or for none.",
    remedy: "Enter the part once more: the page has the newest call.",
  },
  "SECRET-ONCE": { sentence: "This part has been entered already.", remedy: "Look which parts are still awaited." },
  "SECRET-TWO-PEOPLE": {
    sentence: "The two parts of a secret come from two different people.",
    remedy: "Another custodian enters the other part.",
  },
  "SECRET-ROLES-APART": {
    sentence: "You have entered a part of the token's other PIN in this ceremony: security officer and user are kept apart.",
    remedy: "A custodian who has entered no part of the other PIN enters this one.",
  },
  "SECRET-COMPLETE": { sentence: "Not all parts of the secrets have been entered yet.", remedy: "Wait for the others." },

  "OPERATION-ORDER": {
    sentence: "The operations of a step are done one after the other, and this one is not next.",
    remedy: RELOAD,
  },
  "OPERATION-QUORUM": { sentence: "The operation does not name the approvals that authorise it.", remedy: STOP },
  "OPERATION-ID": {
    sentence: "The operation was given another key id than the one that follows from its approvals.",
    remedy: STOP,
  },
  "OUTCOME-MATCHES": { sentence: "What the worker reports contradicts what was asked.", remedy: STOP },
  "INVENTORY-NOTED": {
    sentence: "A listing of the token shows what nobody accounts for, and the recorder has not noted it rightly yet.",
    remedy: "Wait for its deviation, read it aloud, then go on, or stop the ceremony.",
  },
  "STAMP-IMPRINT": {
    sentence: "This time stamp is not over an entry that is stamped.",
    remedy: "There is nothing to do in the room: the worker asks the authority again.",
  },
  "STAMP-TIME": {
    sentence: "The time that the authority says cannot be: it lies before the entry, or after the stamp was had.",
    remedy: "Compare the worker’s clock with another one; the worker asks the authority again.",
  },
  "STAMP-ONCE": {
    sentence: "What this authority had to say of that entry stands in the transcript already.",
    remedy: "There is nothing to do.",
  },
  "CLOSE-COMPLETE": { sentence: "The ceremony cannot be closed while something is left to do.", remedy: ADMINISTRATOR },

  "KEY-RECORDED": {
    sentence: "The register knows no such key: no outcome that a trusted recorder signed says that there is one.",
    remedy: "Look for the key on the page of keys; one that no ceremony made has to be identified in one first.",
  },
  "KEY-HEAD": {
    sentence: "Something has happened to the key since this was written, or it is not in the state that this says.",
    remedy: "Load the page again, and propose the change anew from the state the key is in now.",
  },
  "KEY-CHANGE-ENDORSED": {
    sentence: "Not enough custodians have signed the change of this key yet.",
    remedy: "Ask the custodians who are still awaited to read it and sign it.",
  },
  "KEY-TRANSITION": {
    sentence: "A key does not pass from that state to this one, and a change changes something.",
    remedy: "The page of the key shows what it can become.",
  },
  "KEY-DESTROYED": {
    sentence: "That a key is destroyed is nothing people agree to: it is the outcome of a ceremony, or it is not so.",
    remedy: "Plan a ceremony that destroys the key.",
  },
  "KEY-STATE": {
    sentence: "The key is not in a state in which it may do that.",
    remedy: "Use the key that has taken its place, or propose a change of its state.",
  },
  "KEY-PURPOSE": { sentence: "The key was not made for that.", remedy: "Use a key that was made for it." },
  "KEY-CRYPTOPERIOD": {
    sentence: "The time in which the key may do that is over, or has not begun.",
    remedy: "Use the key that has taken its place; a rotation is overdue if there is none.",
  },
  "GRANT-ENDORSED": {
    sentence: "Not enough custodians have signed yet what this application may do.",
    remedy: "Ask the custodians who are still awaited to read it and sign it.",
  },
  "GRANT-TIME": {
    sentence: "The time for which custodians let this application use keys is over.",
    remedy: "Propose a new edition of what it may do, and have it signed.",
  },
  "GRANT-SCOPE": {
    sentence: "Custodians have not agreed that this application does that, or there is no such key.",
    remedy: "Ask for what the grant names; a new edition of it can name more.",
  },
  "FINDING-EXPLAINED": {
    sentence: "A finding is closed by an explanation that a custodian has signed, of this very finding, while it is open.",
    remedy: "Load the page again, and read what was found once more.",
  },
} as const;
