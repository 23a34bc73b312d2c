import type { Told } from "./told";

/** error: it will go wrong, or must not be done so. warning: very likely a mistake. advice: worth a thought, and no more. */
export type Severity = "error" | "warning" | "advice";

/** What a code means, once for the command line, the editor and the tests: why it matters, and what to do about it. */
export type LintRule = { readonly severity: Severity; readonly why: string; readonly remedy: string };

const error = (why: string, remedy: string): LintRule => ({ severity: "error", why, remedy });
const warning = (why: string, remedy: string): LintRule => ({ severity: "warning", why, remedy });
const advice = (why: string, remedy: string): LintRule => ({ severity: "advice", why, remedy });

/** Every code there is. The first group makes a script unsound: no ceremony opens with it (lib/ceremony/check-script). */
export const LINT = {
  // cannot be read, or cannot be performed
  YAML: error(
    "A file that can be read in two ways is no reviewed text.",
    "Write plain YAML: names, lists, text and whole numbers.",
  ),
  SCHEMA: error("A member nobody knows, or one that is missing, would be guessed at.", "Write it as the schema says."),
  "TEXT-DECEPTIVE": error(
    "People cannot see what they would read aloud and sign.",
    "Take the character out and type the word anew.",
  ),
  "QUORUM-ONE": error("One person alone could do everything.", "Ask at least two custodians to agree."),
  "QUORUM-TOO-LARGE": error("Nobody can ever reach it.", "Ask for fewer approvals, or let more custodians take part."),
  "QUORUM-COUNT": error("A ceremony has one set of custodians.", "Count the same custodians in the step as in the script."),
  "EMERGENCY-LOOSER": error(
    "An emergency is when people press hardest; a looser rule there is the hole through which all others are walked around.",
    "Ask for more approvals than the ordinary script does.",
  ),
  "ID-TWICE": error("Deviations and sections point at a step by its id.", "Give each act and step an id of its own."),
  "STEP-NOBODY": error("The ceremony would stand still at this step.", "Name roles that may do it."),
  "READ-ALONE": error(
    "What one person reads off a device, one person can misread or make up.",
    "Let the operator and a witness each read it.",
  ),
  "WITNESS-ALONE": error("A single witness would stay unchecked for ever.", "Ask for two witnesses at least."),
  "OPERATION-UNKNOWN": error("The worker does only what it has a book for.", "Choose an operation that there is."),
  "OPERATION-PARAMETERS": error("The worker would refuse it, with everybody in the room.", "Correct the parameter."),
  "USE-BEFORE-MAKE": error(
    "The step could never be performed.",
    "Move it after the step that makes the key, or name the right key.",
  ),
  "KEY-MADE-TWICE": error("Two keys of one name cannot be told apart.", "Give each key a label of its own."),
  "DESTROY-UNCONDEMNED": error(
    "Destruction is decided twice; the first decision is missing.",
    "Condemn it in an earlier step of its own.",
  ),
  "REFERENCE-UNKNOWN": error("It points at nothing, so nobody would know when it holds.", "Name a step that comes before."),
  "SIGN-OFF-MISSING": error("Nobody would sign what happened.", "End with a sign-off of everybody."),
  "AFTER-SIGN-OFF": error("What is done after the signatures, nobody has signed.", "Move it before the sign-off."),

  // people
  "QUORUM-ALL": warning(
    "If every custodian is needed, one illness or one lost passkey stops everything.",
    "Let at least one custodian more take part than must agree.",
  ),
  "CUSTODIANS-TOO-FEW": error(
    "Whoever enters a part of one PIN of a token enters none of the other, so the step could never be finished.",
    "Let four custodians take part at least: two for the security officer's PIN, two for the user's.",
  ),
  "REQUESTER-APPROVES": error(
    "Whoever asked for the ceremony would also agree to it.",
    "Give the requester's post a role that does not approve.",
  ),
  "POST-CONFLICT": error(
    "Two pairs of eyes are one when one person fills both posts; in a ceremony each person has one role.",
    "Give the two posts to two people.",
  ),
  "POST-UNKNOWN": error("A rule about a post that does not exist protects nothing.", "Name a post of the list."),
  "ROLE-UNEXPLAINED": warning(
    "People come without knowing what is expected of them.",
    "Add a post that says what this role does and must not do.",
  ),
  "ATTENDANCE-MISSING": warning(
    "A passkey shows that it is the same person, not who that is.",
    "Let a witness check everybody's identity in a step.",
  ),
  "ATTENDANCE-LATE": warning(
    "Work was approved by people whom nobody had looked at yet.",
    "Check identities before the first operation with a quorum.",
  ),
  "SIGN-OFF-INCOMPLETE": warning(
    "Whoever acted and does not sign can later say it was otherwise.",
    "Let every role that acts sign.",
  ),

  // header and time
  "SECTIONS-MISSING": warning(
    "An auditor looks for eight things in such a script, and finds out in the room that one is not there.",
    "Say for each of the eight sections which steps answer it, or why it is left out.",
  ),
  "SECTION-UNKNOWN": error("The auditor is sent to a place that is not there.", "Name acts, steps or members of the header."),
  "SECTION-OMITTED": warning(
    "Only the place and the storage of a cloud HSM are somebody else's business.",
    "Answer the section, or name the profile of the cloud HSM that the script is for.",
  ),
  "TIME-MISSING": advice(
    "Without times nobody can book a room or see that the ceremony falls behind.",
    "Say how many minutes the step takes.",
  ),
  "TIME-SUM": warning("The estimate on the first page is not what the steps add up to.", "Correct the total, or the steps."),
  "BLOCK-TOO-SHORT": error(
    "People will have to leave in the middle, with things open.",
    "Book a longer block, or split the ceremony.",
  ),
  "EXPIRES-SHORT": warning(
    "Approvals would run out before the step is expected to be over.",
    "Let approvals wait at least as long as the longest step takes.",
  ),

  // keys
  "KEY-UNTESTED": warning(
    "A key that was never used may turn out useless on the day it is needed.",
    "Test it in this ceremony, and check the result outside the HSM.",
  ),
  "KEY-UNPROVEN": advice("That a key cannot leave is so far only what was asked for.", "Add prove-not-exportable for it."),
  "KEY-EXTRACTABLE-DENIED": error(
    "People would hear that the key cannot leave, and approve one that can.",
    "Make the key not extractable, or say that it can leave.",
  ),
  "KEY-EXTRACTABLE": warning(
    "A production key that can be wrapped out can be used where nobody watches.",
    "Make it not extractable, unless this ceremony clones it; back it up with the token.",
  ),
  "CLONE-UNEXTRACTABLE": error(
    "A key that can never leave cannot be copied either.",
    "Make it extractable, and say so; or copy it by backup and restore.",
  ),
  "CLONE-UNCOMPARED": error(
    "A copy that nothing shows to be the same key is refused: it might be any key.",
    "Let the pair sign or decrypt as well; or leave the copy out, and back the key up.",
  ),
  "USAGE-MIXED": warning(
    "A key with two purposes lets one be used against the other: what it decrypts can be made to look like what it signs.",
    "Make one key for each purpose.",
  ),
  "LABEL-ALIKE": warning(
    "Two labels that look alike are mixed up when read aloud or typed.",
    "Choose labels that differ in more than such a sign.",
  ),
  "FINGERPRINT-UNREAD": warning(
    "A fingerprint nobody heard cannot be compared with anything later.",
    "Follow the export with a statement in which it is read aloud.",
  ),
  "BASELINE-MISSING": warning(
    "Without a list from before, nobody can say what is new.",
    "Ask for token-health before the first change.",
  ),
  "INVENTORY-MISSING": warning("What appeared or vanished unseen stays unseen.", "Add list-keys after the last change."),

  // backups
  "BACKUP-MISSING": advice(
    "When the HSM breaks, keys without a backup are gone.",
    "Back the token up and try the backup, or say why not.",
  ),
  "BACKUP-BEFORE-KEY": error(
    "The key that is made afterwards is in no backup.",
    "Move the backup after the last key that is made.",
  ),
  "BACKUP-UNKNOWN": error("Nothing of that name was ever made.", "Make the backup first, or correct its name."),
  "BACKUP-TWICE": error("The second backup would stand in the place of the first.", "Give each backup a name of its own."),
  "BACKUP-UNEXTRACTABLE": error(
    "The token would refuse to wrap it, with everybody in the room.",
    "Make the key extractable, or take the archive of the whole token where its maker has one.",
  ),
  "BACKUP-UNVERIFIED": warning("A backup that nobody looked at may hold something else.", "Add verify-backup."),
  "BACKUP-UNRESTORED": warning("Only a backup that was restored is known to be one.", "Add a restore test into another token."),

  // what cannot be undone
  "DESTROY-HASTY": error(
    "Without time in between, one talked-over moment destroys a key.",
    "Give the step a cooling-off time after the step that condemns.",
  ),
  "CONDEMNED-KEPT": warning(
    "The first half of a destruction was done, and nobody says what becomes of it.",
    "Destroy it in a later step, or do not condemn it.",
  ),
  "USE-AFTER-END": error("What was destroyed or zeroised is not there any more.", "Move the step before the destruction."),

  // tokens
  "TOKEN-UNDECLARED": error("The worker would look for a token that nobody provided.", "List it under tokens, with what it is."),
  "TOKEN-UNUSED": warning("Somebody carries a device into the room for nothing.", "Take it out of the list, or use it."),
  "TOKEN-NOT-EMPTY": error(
    "Initialising a token destroys every key that is on it.",
    "Initialise it before any key is made on it.",
  ),
  "DEVICE-UNCHECKED": warning(
    "Nobody has looked whether the device on the table is the one that is meant.",
    "Add a physical check of its serial number.",
  ),
  "SERIAL-UNEXPECTED": advice(
    "Two people may read the same wrong device alike.",
    "Write the expected serial number into the copy of the script that is approved.",
  ),
  "STATE-UNCOMPARED": advice(
    "An HSM with other firmware, or in another mode, than the one that was certified answers just as well.",
    "Give token-health an expect with firmware, and for an approved mode with withoutMechanisms.",
  ),

  // the room
  "RECORDING-MISSING": advice(
    "For a root key either an auditor is present or the whole is filmed.",
    "Add evidence steps that start and stop the recording.",
  ),
  "RECORDING-LATE": warning(
    "The film does not show what was done before it began.",
    "Start it before the first operation that changes anything.",
  ),
  "RECORDING-UNSTOPPED": warning(
    "A camera nobody stops films on, and the film has no end that could be hashed.",
    "Add an evidence step that stops it.",
  ),
  "RECORDING-UNSTARTED": error("What does not run cannot be stopped.", "Add the step that starts it."),
  "BREAK-UNENDED": error("Nobody would count the people who came back.", "Add a pause that ends the break."),
  "BREAK-UNBEGUN": error("A break that did not begin cannot end.", "Add the pause that begins it."),
  "BREAK-WORK": error("Work at the token while people are out of the room has no witnesses.", "End the break first."),
  "BREAK-OPEN": warning("Whoever stays behind is alone with what lies open.", "Close safes and seal bags before the break."),
  "PLACE-UNCLOSED": error("A safe would stay open when everybody has gone.", "Add the step that closes it."),
  "PLACE-UNOPENED": error("What is not open cannot be closed.", "Add the step that opens it, or correct the name."),
  "BAG-TWICE": error(
    "A tamper-evident bag serves once: a second use hides that it was opened.",
    "Take a new bag with a new number.",
  ),
  "BAG-NOT-THERE": error("What is in another bag cannot be put into this one.", "Open the bag that holds it first."),
  "THING-LEFT-OUT": warning(
    "What was taken out of its bag stays out when everybody has gone.",
    "Seal it into a new bag before the end.",
  ),

  // the text
  "SECRET-IN-SCRIPT": error(
    "Scripts are printed, handed out and hashed for good: a secret in one is no secret.",
    "Take it out, and change it: it has been read.",
  ),
  "SECRET-ASKED": error(
    "What is typed into a check stands in the record for good.",
    "Never ask for a PIN or password in a check; secrets have operations of their own.",
  ),
  "TEXT-MIXED": warning(
    "A word of letters from two scripts reads as another word than it is.",
    "Type the word anew in one script.",
  ),
  "TEXT-UNFINISHED": warning("Somebody meant to come back to this.", "Finish the sentence."),
  "TRANSLATION-MISSING": warning(
    "Who reads only the second language is left alone just there.",
    "Translate this too, with as many lines as the first; or take the language out of the script.",
  ),
  "TRANSLATION-LANGUAGE": error(
    "Screens and readers aloud speak it by the rules of a language that is not there.",
    "Name the language by its tag: de, fr, pt-BR.",
  ),
  "TRANSLATION-SAME": warning(
    "A sentence that is the same in two languages was copied and never translated.",
    "Translate it, or take the language out of the script.",
  ),
  "TEXT-LONG": advice("Nobody can follow so long a text read aloud.", "Split the step."),

  // the kind of HSM
  "PROVIDER-UNKNOWN": error("What such an HSM can do is not known.", "Name a profile that there is."),
  "PROVIDER-INITIALISE": error(
    "This kind of HSM refuses to be initialised through PKCS#11.",
    "Initialise it with its maker's own tool, and check the result here.",
  ),
  "PROVIDER-PIN": error(
    "This kind of HSM changes credentials with its maker's own tool.",
    "Change them there, and check the result here.",
  ),
  "PROVIDER-WRAP": error("This kind of HSM has no way to wrap a key that others understand.", "Use the maker's own backup."),
  "PROVIDER-PROOF": error(
    "On this kind of HSM the proof cannot succeed: the step ends refused.",
    "Choose another kind of key or of HSM; or leave the proof out, and let the record say that nothing was shown.",
  ),
  "PROVIDER-TRUSTED": error(
    "This kind of HSM is not known to keep a key back from wrapping keys that nobody made trusted.",
    "Leave wrapWithTrusted out and say so, or make the key on an HSM that keeps to it.",
  ),
  "PROVIDER-BACKUP": error(
    "Keys of this kind of HSM are backed up by its maker's own service, not here.",
    "Clone the keys, or use the maker's backup and check it.",
  ),
  "PROVIDER-IV": advice(
    "This kind of HSM chooses the IV of AES-GCM itself and refuses one that it is given; applications find out on the first day.",
    "Write gcmIv: module into the script's head once every application keeps the HSM's IV with the ciphertext.",
  ),
  "PROVIDER-LABEL": error(
    "This kind of HSM refuses a second key of the same label.",
    "Give the copy another token, or the key another label.",
  ),
  "PROVIDER-ALGORITHM": error("This kind of HSM does not make such keys.", "Choose an algorithm it has."),
} as const satisfies { readonly [code: string]: LintRule };

export type LintCode = keyof typeof LINT;

/** Something wrong with a script, or worth a thought: where (member names and indexes into the value) and a sentence. */
export type Finding = { readonly code: LintCode; readonly path: readonly (string | number)[]; readonly said: Told };
