/** Columns that the tamper matrix of the database does not change, and who would find it, or why nobody has to. */
type Untried = { readonly why: string; readonly columns: Readonly<Record<string, string>> };

const UNTRIED: readonly Untried[] = [
  {
    why: "ROSTER-HASH, ROSTER-PINNED, ROSTER-FOLLOWS, SCRIPT-HASH and SCRIPT-SOUND judge the bytes, which a ceremony has in its first entry",
    columns: {
      ScriptEdition: "hash script edition title yaml bytes createdAt createdBy",
      RosterVersion: "hash version mode prev bytes openings createdAt createdBy",
    },
  },
  {
    why: "signed by its person's passkey, which whoever counts it verifies: ASSERTION-SIGNATURE, ENDORSEMENT-DOCUMENT, KEY-CHANGE-ENDORSED, GRANT-ENDORSED, FINDING-EXPLAINED",
    columns: {
      Endorsement: "hash document roster person what at bytes createdAt",
      RegisterPaper: "hash what subject by bytes openings createdAt",
    },
  },
  { why: "ends the asking for signatures, and nothing that was signed: GRANT-ENDORSED", columns: { GrantWithdrawal: "hash by at" } },
  { why: "held against the keys on the token by whoever takes it up: RECORDER-MINE", columns: { RecorderCertificates: "hash tokenSerial trustAnchor recordSigning createdAt" } },
  { why: "signed by the recorder and chained: FINDING-EXPLAINED", columns: { TokenListing: "hash token prev at bytes createdAt" } },
  { why: "a worker looks once more, or not before its time", columns: { ListingAsked: "id by at" } },
  {
    why: "counted and sealed day by day, each day's hash an event of the trail: claviger log uses, tried in use-counter.integration.test.ts",
    columns: {
      KeyUse: "id use at account grant key operation algorithm digest result micros process times",
      KeyUseDay: "day hash bytes seal createdAt",
    },
  },
  {
    why: "the key process remembers the last share on its own disk, and a grant ends what a proof that counts twice can ask for: GRANT-SCOPE, GRANT-TIME",
    columns: { EncryptionShare: "key number process at", ClientAssertion: "hash account at" },
  },
  { why: "a row that is gone or names something else leaves a thing that is in no log: LOG-COMPLETE, and the log check", columns: { LogWaiting: "id ceremony seq event" } },
  { why: "counts only as far as it verifies under the key of a witness that the reader trusts", columns: { LogCosignature: "origin size witness line createdAt" } },
  { why: "read by nobody: the note says its own time", columns: { LogCheckpoint: "createdAt" } },
  { why: "its hash was signed by the custodian and is bound to its place: STATEMENT-NONCE, SECRET-NEWEST", columns: { SecretPart: "ceremony seq ciphertext" } },
  { why: "a file is what its hash in the transcript or in a logged event says", columns: { EvidenceFile: "ceremony sha256 size mediaType bytes by createdAt", DeskFile: "sha256 size mediaType bytes by createdAt" } },
  { why: "excuses nothing but a record that is gone, and that only by a logged event: tried with the record taken away", columns: { Destruction: "ceremony event certificate at" } },
  {
    why: "a projection for lists and searches: who decides, seals or verifies reads entries and events",
    columns: {
      Ceremony: "id title mode phase result currentStep headSeq headHash openedAt closedAt people",
      SearchText: "id ceremony seq event at kind by keys script words",
    },
  },
  { why: "private until it is released and signed: NOTEBOOK-PAGES; before that accepted in the threat model", columns: { NotebookPage: "ceremony person page at text" } },
  {
    why: "who may sign in and look, accepted in the threat model: every decision takes a passkey of the roster (ASSERTION-SIGNATURE, ROSTER-PINNED); what authenticators said of themselves a record checks anew",
    columns: {
      Person: "id name title roles groups email contact language createdAt disabledAt",
      Passkey:
        "id personId algorithm spki aaguid synced counter transports label backedUp attestationFormat attestationProof attestationSha256 attestationObject clientData createdAt lastUsedAt removedAt",
      EnrolmentLink: "tokenHash personId createdAt createdBy expiresAt usedAt",
      SignInChallenge: "id purpose challenge expiresAt",
      Session: "id personId means canSign client createdAt expiresAt revokedAt revokedBy",
      SharedBrowser: "session ceremony by createdAt",
      Account: "issuer subject personId linkedAt",
      RateWindow: "key startedAt count",
    },
  },
  { why: "which entry answers an act that is sent again; nothing is done by it: ACT-ONCE, NONCE-ONCE", columns: { ActReceipt: "ceremony person act seq" } },
  { why: "a worker's word about itself, for people to read (0075)", columns: { WorkerHealth: "worker tokenSerial state sentence facts seenAt" } },
  {
    why: "plans and mails are the app's word and no part of a transcript, accepted in the threat model: CAST-COMPLETE decides who performs",
    columns: {
      CeremonyPlan:
        "id title mode scriptHash startsAt minutes zone room standbyAt sequence reason cancelledAt madeBy draft createdAt changedAt ceremony",
      RotationDraft: "key endsAt planId",
      Invitation: "planId personId role answer answeredAt proposedAt remark withdrawnAt",
      ChecklistDuty: "id planId list position text fromScript ownerId dueAt settledAt settledBy notDoneBecause",
      Mail: "id key planId personId kind recipient subject text calendar method createdAt tries nextTryAt triedAt failure sentAt endedAt",
    },
  },
];

/** "Table.column" of each, with its reason. A table or column that is new stands in neither and turns the matrix red. */
export const untriedColumns: ReadonlyMap<string, string> = new Map(
  UNTRIED.flatMap(({ why, columns }) =>
    Object.entries(columns).flatMap(([table, names]) => names.split(" ").map((name): [string, string] => [`${table}.${name}`, why])),
  ),
);
