/** Why the app does not do what was asked of it, other than by a rule: what happened, and what to do now. */
export const objections = {
  FORM: {
    sentence: "What was sent is not what this address takes.",
    remedy: "Correct the field that is named, and send it again.",
  },
  "CRYPTOPERIOD-MISSING": {
    sentence: "A key is not made active without a cryptoperiod: nobody would be told when to replace it.",
    remedy: "Say for how many days from its activation it may protect, for example 90.",
  },
  "CRYPTOPERIOD-OVER": {
    sentence: "With that cryptoperiod the key’s time would already be over: it counts from the activation, and whatever protects with the key would stop.",
    remedy: "Say more days than the key has been active, for example 290 for one that has been active for 200 and shall go on for 90.",
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
  "FILE-NOT-AS-NAMED": {
    sentence: "What is kept under this hash are other bytes: somebody changed the file where it is kept.",
    remedy: "Tell the administrator, who has it in a backup; what the log says of the file still stands.",
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
  "SHEET-COMPLETED": {
    sentence: "Somebody else has completed this exception sheet meanwhile.",
    remedy: "Read what stands on it. What is still to be said goes on a sheet of its own.",
  },
  "SHEET-OPEN": {
    sentence: "An exception sheet stands open: what is noted at its step and names its number completes it, and nothing else does.",
    remedy: "Send the number of the sheet with its step to complete it. What is about something else, note at another place.",
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
  "EMERGENCY-ALONE": {
    sentence: "An emergency script is held against the ordinary one that it stands in for, and no such edition counts here.",
    remedy: "Publish the ordinary script first, have it endorsed for production, and name it in the emergency script.",
  },
  "EMERGENCY-NOT-STRICTER": {
    sentence: "The emergency script is not stricter than the ordinary one that it stands in for.",
    remedy: "Ask for more than the ordinary script does, and publish that as another edition.",
  },
  looser: {
    usual: "what it calls the usual rule is not the ordinary script’s",
    quorum: "no more custodians agree to every operation",
    share: "a smaller share of the custodians agrees",
    groups: "a group that otherwise agrees is not asked",
    expires: "an opened step waits longer for its approvals",
    cooling: "less time passes where an ordinary day gives time to think again",
    witnesses: "fewer witnesses are there",
    rehearsed: "less is asked about rehearsals",
    duties: "less is asked about accepted duties",
    passkeys: "less is asked of passkeys",
    "go-no-go": "it opens without a go / no-go",
    backups: "the newest backup may be older",
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
  "PLAN-DRAFT": {
    sentence: "This was drafted by itself, and nobody has taken it over.",
    remedy: "An administrator takes it over or dismisses it on its page; then it is a plan like any other.",
  },
  "DUTY-SETTLED": {
    sentence: "This duty is settled already.",
    remedy: "If something is left to do after all, add a duty.",
  },
  "MAIL-ADDRESS": {
    sentence: "No mail can be sent: there is no mail server, or no address of this person.",
    remedy: "An administrator keeps addresses under People. The calendar entry can be downloaded meanwhile.",
  },
  "AUDITOR-ONLY": { sentence: "This is for auditors.", remedy: "Ask an auditor to do it." },
  "DESK-ONLY": { sentence: "This is for auditors and administrators.", remedy: "Ask one of them to do it." },
  "MATTER-OVERTAKEN": {
    sentence: "Somebody else did something in this matter meanwhile, or it no longer stands where this can be done.",
    remedy: "Load the page again and see how it stands now. Nothing was written down.",
  },
  "SECOND-PERSON": {
    sentence: "Two people decide this, and the first was you.",
    remedy: "Ask another auditor or administrator to confirm it.",
  },
  "POPULATION-EMPTY": { sentence: "The filter finds nothing to draw from.", remedy: "Ask for less in the filter." },
  "POPULATION-LARGE": {
    sentence: "The filter finds more than can be drawn from or put into one file at once.",
    remedy: "Narrow the filter, by time perhaps, and take the rest in a second one.",
  },
  "SAMPLE-SIZE": {
    sentence: "A sample has at least one member, and at most as many as the population.",
    remedy: "Choose another number.",
  },
  "SAMPLE-WORDS": {
    sentence: "These are not the words that were committed to when the sample was announced.",
    remedy: "Enter them exactly as they were, with the chance that the browser added. Without them announce a new sample; this one stays undrawn.",
  },
  "CHECKPOINT-AWAITED": {
    sentence: "The log has not yet signed a checkpoint after the announcement.",
    remedy: "Wait a moment; a worker that is running signs one within seconds.",
  },
  "CHECKPOINT-OTHER": {
    sentence: "The words came for another checkpoint than the first one after the announcement. Nothing was drawn.",
    remedy:
      "Keep the checkpoint that your browser shows, and ask why the log has another. The words are known now: do not send them for another checkpoint; announce a new sample.",
  },
  "LOG-NONE": {
    sentence: "No transparency log is kept here, and without its checkpoint one side could choose the sample.",
    remedy: "Ask whoever runs the system to give worker and app the origin of a log.",
  },
  "DUE-PAST": { sentence: "That day is no day to come.", remedy: "Choose today or a later one." },
  "RETENTION-RUNS": {
    sentence: "The record is still to be kept: seven years from the end of its ceremony, and two from the destruction of its keys.",
    remedy: "The desk says until when. Nothing was destroyed.",
  },
  "RECORD-HELD": {
    sentence: "A legal hold lies on this record, or is asked for.",
    remedy: "Two people lift it with a reason, when there is one. Nothing was destroyed.",
  },
  "RECORD-BESIDE": {
    sentence: "A closed audit file holds this record together with another one that is held or still to be kept.",
    remedy: "It can go when the other one may go too. Nothing was destroyed.",
  },
  "RECORD-DESTROYED": {
    sentence: "This record was destroyed when its time was over.",
    remedy: "Its certificate of destruction says when, by whom, and what is kept.",
  },
  "RENEWAL-OTHER": {
    sentence: "This is not the newest edition of this record with a renewal behind it.",
    remedy: "Download the newest edition here, renew that, and hand in what comes of it.",
  },
  "AUDIT-FILE-EMPTY": { sentence: "Nothing was chosen for the file.", remedy: "Choose at least one record or matter." },
  "AUDIT-FILE-LARGE": {
    sentence: "What was chosen comes to more than one file may hold.",
    remedy: "Make two files: each is closed on its own.",
  },

  "CLIENT-PRIVATE": {
    sentence: "What was pasted holds a private key or a shared secret. It was refused unread, and is kept nowhere here.",
    remedy: "Make a new pair where the application runs, and paste its public half alone: whoever saw this one can be the application.",
  },
  "CLIENT-UNREADABLE": {
    sentence: "What was pasted is no public key that applications prove themselves by here.",
    remedy: "Paste one on the curve P-256, or one of 2048 to 4096 bits, in one of the two forms that the field names.",
  },
  "CLIENT-NONE": {
    sentence: "There is no key by which the application could prove itself.",
    remedy: "Paste its public key. To end what it may do, take everything back instead.",
  },
  "GRANT-OVERTAKEN": {
    sentence: "Another edition of this application has been written down: by somebody else meanwhile, or under the same name before.",
    remedy: "Load the page again, and begin from what stands there now. Nothing was written down.",
  },
  "GRANT-SAME": {
    sentence: "This says what is in force already.",
    remedy: "Change what is to be otherwise: the end perhaps.",
  },
  "GRANT-NONE": {
    sentence: "Nothing is in force of this application that could be taken back.",
    remedy: "Withdraw what is proposed for it, if anything is.",
  },
  "GRANT-COUNTS": {
    sentence: "Enough custodians have signed this: it is no proposal any more.",
    remedy: "Propose an edition that takes everything back, and have it signed.",
  },
  "GRANT-NAMES": {
    sentence: "A name stands twice, or one key stands behind two names.",
    remedy: "Give each set of keys a name of its own, and each key one name.",
  },
  "GRANT-TOKENS": {
    sentence: "Keys that issue or verify tokens say which tokens, and no others do.",
    remedy: "Fill in what the tokens say, or take the operations on tokens away.",
  },
  "GRANT-LONG": {
    sentence: "The end is further off than two years.",
    remedy: "Choose an earlier one; the next edition goes on from there.",
  },
  "GRANT-MIXED": {
    sentence: "By one of these keys somebody issues tokens, and somebody signs whatever they are given: whoever signs could write any token.",
    remedy: "Take a key for signing and another one for tokens.",
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
