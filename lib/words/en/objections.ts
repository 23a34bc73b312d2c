/** Why the app does not do what was asked of it, other than by a rule: what happened, and what to do now. */
export const objections = {
  FORM: {
    sentence: "What was sent is not what this address takes.",
    remedy: "Correct the field that is named, and send it again.",
  },
  "TEXT-MISSING": { sentence: "There is nothing in a field that must be filled in.", remedy: "Fill it in." },
  "TEXT-LONG": { sentence: "The text is longer than it may be.", remedy: "Shorten it." },
  "TEXT-CHARACTERS": {
    sentence: "The text contains a character that cannot be seen, or that turns the reading direction.",
    remedy: "Type the text by hand instead of pasting it.",
  },
  "TEXT-UNDRAWABLE": {
    sentence: "The text contains a character that the printed record cannot show.",
    remedy: "Write it with other characters, for a name perhaps as it stands in the passport's machine-readable lines.",
  },
  "STATEMENT-UNREADABLE": {
    sentence: "What was sent as a statement is none.",
    remedy: "Load the page again and sign what it shows.",
  },
  "STATEMENT-NONE": {
    sentence: "There is nothing for you to sign at this step now.",
    remedy: "Load the page again and look at what is asked.",
  },
  "REMARK-OPENING": {
    sentence: "The remark sent is not the one in the signed statement.",
    remedy: "Write the remark again and sign again.",
  },
  "PART-CIPHERTEXT": {
    sentence: "The encrypted part is missing, or is not the one that was signed.",
    remedy: "Nothing was entered. Load the page again and enter your part once more.",
  },
  "SCRIPT-FINDINGS": { sentence: "The script has errors.", remedy: "Correct the lines that are named, and publish it again." },

  "BODY-LARGE": {
    sentence: "What was sent is larger than 600 KiB, and was not read.",
    remedy: "Send less at a time. A script has 256 KiB at most.",
  },
  "FILE-EMPTY": { sentence: "There is nothing in the file.", remedy: "Choose another one." },
  "FILE-LARGE": {
    sentence: "The file is larger than 20 MiB, and was not taken in.",
    remedy: "Leave it where it is and note its hash alone, which this browser works out without sending it.",
  },
  "FILES-MANY": {
    sentence: "The files of this ceremony come to more than 500 MiB, and this one was not taken in.",
    remedy: "Leave it where it is and note its hash alone, which this browser works out without sending it.",
  },

  "FILE-NOT-YOURS": {
    sentence: "You take no part in this ceremony that could name evidence, so no file is taken from you.",
    remedy: "Give it to the operator or a witness.",
  },
  "HAND-UNKNOWN": {
    sentence: "On a shared browser every act says whose it is, and is signed with that person's passkey.",
    remedy: "Choose who acts. Nothing was written down.",
  },
  "HAND-REFUSED": {
    sentence: "The passkey that was used is not one of the person who was chosen, or did not sign this act.",
    remedy: "Nothing was written down. Choose who acts, and let that person use their own passkey.",
  },
  "HAND-SPENT": {
    sentence: "Too much time passed since the person was asked for their passkey, or it was used for this already.",
    remedy: "Nothing was written down. Choose who acts, and try once more.",
  },
  "SHARE-NOT-YOURS": {
    sentence: "A browser is passed round only by the operator or the administrator of a ceremony, while it is under way.",
    remedy: "Ask one of them.",
  },
  "NOT-SIGNED-IN": {
    sentence: "You are not signed in, or your session has ended.",
    remedy: "Sign in with your passkey. Nothing that was recorded is lost.",
  },
  "SIGN-IN-REFUSED": {
    sentence: "The sign-in was not accepted.",
    remedy: "Try again with the passkey you enrolled here; if it is new or lost, ask the administrator for a link.",
  },
  "LOOK-ONLY": {
    sentence: "You signed in without a passkey, and so can look but not act.",
    remedy: "Sign out, and sign in with your passkey.",
  },
  "ADMINISTRATOR-ONLY": { sentence: "This is for administrators.", remedy: "Ask an administrator to do it." },
  "ORGANISER-ONLY": {
    sentence: "This is for those who organise ceremonies: administrators and operators.",
    remedy: "Ask one of them to do it.",
  },
  "OTHER-ORIGIN": {
    sentence: "The request did not come from this site's own pages.",
    remedy: "Open the site at its own address and try there.",
  },
  "TOO-OFTEN": { sentence: "This was tried too often.", remedy: "Wait, then try again." },
  "LINES-MANY": { sentence: "You have rooms open in too many windows.", remedy: "Close some of them; this page then connects by itself." },

  "NOT-FOUND": {
    sentence: "There is no such thing here, or it is not for you.",
    remedy: "Check the address; ask the administrator whether you take part.",
  },
  "RECORD-NOT-SEALED": {
    sentence: "The record is not sealed yet.",
    remedy: "It is sealed within moments of the closing; try again then.",
  },
  "PERSON-UNKNOWN": { sentence: "There is no such person, or they are disabled.", remedy: "Look at the list of people." },
  "SCRIPT-UNKNOWN": { sentence: "No script with this hash was published.", remedy: "Choose one from the list of scripts." },
  "ROSTER-UNKNOWN": { sentence: "No roster with this hash was published.", remedy: "Choose one from the list of rosters." },

  "FILE-TOO-LATE": {
    sentence: "The ceremony is over, and no evidence can be named in it any more.",
    remedy: "Keep the file with the record.",
  },
  "LINK-SPENT": {
    sentence: "This link has been used, has expired, or never was.",
    remedy: "Ask the administrator for a new one.",
  },
  "CHALLENGE-SPENT": {
    sentence: "Too much time passed, or the page was used twice.",
    remedy: "Load the page again and try once more.",
  },
  "PASSKEY-TAKEN": { sentence: "This passkey is registered already.", remedy: "Use another passkey or security key." },
  "PASSKEY-UNFIT": {
    sentence: "This passkey cannot be used here.",
    remedy: "Use one that checks that it is you: a fingerprint, a face, or a code of its own.",
  },
  "EMAIL-TAKEN": { sentence: "Somebody else has this e-mail address.", remedy: "Use another address, or leave it out." },
  "SCRIPT-TAKEN": {
    sentence: "Another text was published as this edition of the script.",
    remedy: "Raise the edition number and publish again.",
  },
  "ROSTER-OVERTAKEN": {
    sentence: "Somebody else has just published a roster.",
    remedy: "Look at theirs, then publish again if it is still needed.",
  },
  "REHEARSAL-MISSING": {
    sentence: "This script asks for a rehearsal of this very text not long ago, and there is none that was played to its end.",
    remedy: "Rehearse it to its end first. A changed text is another one, and is rehearsed again.",
  },
  "ROSTER-AWAITED": {
    sentence: "This roster is not in force: its signatures are still awaited, or a newer one has taken its place.",
    remedy: "Open the ceremony with the roster in force; under People stands whose signatures are awaited.",
  },
  "NOTHING-TO-ENDORSE": {
    sentence: "There is nothing here that could be signed now.",
    remedy: "Load the page again: it was overtaken, or is in force already.",
  },
  "ROSTER-EMPTY": { sentence: "There is nobody to put into a roster.", remedy: "Invite people first." },
  "LAST-ADMINISTRATOR": {
    sentence: "This is the last administrator who can sign in; nobody could make another.",
    remedy: "Invite a second administrator first, and let them enrol.",
  },

  "PLAN-PAST": {
    sentence: "A time that must lie ahead does not, or the standby day is not after the day itself.",
    remedy: "Choose a later time.",
  },
  "PLAN-CAST": {
    sentence: "Somebody in the cast does not have that role, or is in it twice.",
    remedy: "Give everybody one of the roles they have.",
  },
  "PLAN-OVERTAKEN": {
    sentence: "The plan was changed meanwhile, was cancelled, or its ceremony has been opened.",
    remedy: "Load the page again and look at what is planned now.",
  },
  "DUTY-SETTLED": {
    sentence: "This duty is settled already.",
    remedy: "If something is left to do after all, add a duty.",
  },
  "MAIL-ADDRESS": {
    sentence: "No mail can be sent: there is no mail server, or no address of this person.",
    remedy: "An administrator keeps addresses under People. The calendar entry can be downloaded meanwhile.",
  },

  BUSY: { sentence: "Too many people acted at the same moment, and this act was not recorded.", remedy: "Try again now." },
  "TIME-AHEAD": {
    sentence: "The last entry of the transcript is dated more than two minutes ahead of the server’s clock; nothing is dated after it.",
    remedy: "Sign nothing, and look at the clocks. If they are right, somebody wrote an entry for later: stop the ceremony, and find out who.",
  },
  "DATABASE-GONE": {
    sentence: "The database does not answer just now. Nothing that was recorded is lost.",
    remedy: "Wait a moment, load the page again, and see whether your act was recorded.",
  },
  "TRANSCRIPT-BROKEN": {
    sentence: "The kept transcript of this ceremony does not hold: somebody changed what is stored.",
    remedy: "Do nothing more in this ceremony, and call whoever runs the system. Earlier copies of the transcript show what was changed.",
  },
  FAULT: {
    sentence: "Something broke on the server. Nothing that was recorded is lost.",
    remedy: "Load the page again and see whether your act was recorded; if not, try once more.",
  },
} as const;
