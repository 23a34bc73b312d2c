import { z } from "zod";
import { ROLES } from "./roles";
import { Aaguid, Identifier } from "./roster.schema";
import { Sentence } from "./sentence.schema";

/** The longest that a script may let an opened step wait for its signatures: people in a room decide about now. */
export const LONGEST_OPENING_MINUTES = 240;

const Title = z.string().min(1).max(120);
const By = z.array(z.enum(ROLES)).min(1).describe("The roles whose people do this; each of them, where it is heard or signed.");
const Minutes = z.int().min(0).max(600);

/** M of N, and, where the script asks for it, so many of a standing group among those M. */
export const QuorumRule = z
  .strictObject({
    approve: z.int().min(1).describe("How many custodians must approve (M)."),
    of: z.int().min(1).describe("How many custodians take part (N)."),
    and: z
      .array(z.strictObject({ group: Identifier, approve: z.int().min(1) }))
      .optional()
      .describe("Among those who approve, so many of a standing group of the roster."),
  })
  .describe("How many custodians must agree, each with their own passkey.");

/** One operation with its parameters. Which parameters there are is the operation's own business (lib/operations). */
export const OperationRequest = z.looseObject({ operation: Identifier });

/** BCP 47, as far as its shape goes; the linter knows which languages there are. */
const LanguageTag = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);

/** Texts in other languages, shown under the script's own. They are in its hash; what is signed is the script's own text. */
const inLanguages = <T extends z.ZodRawShape>(texts: T) =>
  z
    .record(LanguageTag, z.strictObject(texts))
    .optional()
    .describe("The same texts in another language, by its tag (such as de), shown under them.");

const step = {
  step: Identifier.describe("The step's own id: small letters, digits and hyphens."),
  title: Title.describe("What the step is called on the screen and in the record."),
  minutes: Minutes.optional().describe("How long the step takes, as rehearsed."),
};
const say = Sentence.describe("What is read aloud, word for word.");
const said = { title: Title, say: Sentence };

/** Safes, cabinets and the like that a step opens or closes. What is opened has to be closed again. */
const places = {
  opens: z.array(Identifier).min(1).optional().describe("Safes or cabinets opened in this step."),
  closes: z.array(Identifier).min(1).optional().describe("Safes or cabinets closed in this step."),
};

/** A tamper-evident bag. It serves once: opened, it is kept as evidence, and its content goes into a new one. */
export const Bag = z
  .strictObject({
    bag: Identifier.describe("This bag's own id in the script; its printed number is the value that is read."),
    does: z.enum(["opens", "seals"]),
    holds: z.array(Identifier).min(1).optional().describe("What is taken out of it, or put into it."),
  })
  .describe("The tamper-evident bag whose number this step reads.");

export const Step = z.discriminatedUnion("kind", [
  z.strictObject({
    ...step,
    kind: z.literal("statement"),
    say,
    by: By,
    ...places,
    in: inLanguages(said),
    aloud: Identifier.optional().describe("The operation step whose fingerprint is read aloud here; the step before, if left out."),
  }),
  z.strictObject({ ...step, kind: z.literal("attendance"), say, by: By, in: inLanguages(said) }),
  z.strictObject({
    ...step,
    kind: z.literal("check"),
    say,
    value: Title.describe("What the value is called."),
    expected: z.string().min(1).max(200).optional().describe("The value that has to be there, where it is known beforehand."),
    physical: z.boolean().describe("Read off a thing in the room, by the operator and a witness, each for themselves."),
    by: By,
    ...places,
    bag: Bag.optional(),
    in: inLanguages({ ...said, value: Title }),
  }),
  z.strictObject({
    ...step,
    kind: z.literal("operation"),
    say,
    operations: z.array(OperationRequest).min(1).max(8).describe("What the worker does on the token, in order, under one agreement."),
    quorum: QuorumRule.optional().describe("A stricter rule than the script's, for this step."),
    cooling: z
      .strictObject({
        after: Identifier.describe("An earlier step."),
        minutes: z.int().min(1).max(10_080),
      })
      .optional()
      .describe("The step can be opened only so long after an earlier step was done: time to think again, and to be stopped."),
    in: inLanguages(said),
  }),
  z.strictObject({
    ...step,
    kind: z.literal("evidence"),
    say,
    what: Title.describe("What is kept, and what to name it by."),
    by: By,
    recording: z.enum(["starts", "stops"]).optional().describe("Filming starts or stops with this step."),
    ...places,
    in: inLanguages({ ...said, what: Title }),
  }),
  z.strictObject({
    ...step,
    kind: z.literal("pause"),
    say,
    by: By,
    break: z.enum(["begins", "ends"]).optional().describe("People leave the room, or are all back and counted."),
    in: inLanguages(said),
  }),
  z.strictObject({ ...step, kind: z.literal("sign-off"), say, by: By, in: inLanguages(said) }),
]);

export const Act = z.strictObject({
  act: Identifier.describe("The act's own id."),
  title: Title,
  in: inLanguages({ title: Title }),
  steps: z.array(Step).min(1),
});

/** A named place in the room: what the person in it does, and which other places the same person fills. */
const Post = z.strictObject({
  post: Identifier,
  title: Title.describe("What people call it: ceremony administrator, keeper of the equipment safe."),
  role: z.enum(ROLES).describe("The role that the person has in this program."),
  duty: Sentence.describe("What the person does, and what they must not."),
  also: z.array(Identifier).min(1).optional().describe("Other posts that the same person fills."),
  apart: z.array(Identifier).min(1).optional().describe("Posts that this person may never fill."),
  in: inLanguages({ title: Title, duty: Sentence }),
});

/** Where the script answers one of the eight things a key generation script has to hold, or why it leaves it out. */
const Section = z.union([
  z.array(Identifier).min(1).describe("Ids of acts and steps, or of members of the header, that answer it."),
  z.strictObject({ omitted: Sentence }).describe("Left out, and why."),
]);

export const SECTIONS = ["roles", "approval", "hardware", "steps", "place", "storage", "sign-off", "deviations"] as const;

const Sections = z
  .strictObject({
    roles: Section.optional().describe("Roles and responsibilities of those who take part."),
    approval: Section.optional().describe("The approval to conduct this ceremony."),
    hardware: Section.optional().describe("Hardware, or the cloud HSM, and the activation materials."),
    steps: Section.optional().describe("The specific steps."),
    place: Section.optional().describe("Physical security of the place."),
    storage: Section.optional().describe("Storage of hardware and materials afterwards."),
    "sign-off": Section.optional().describe("Sign-off by participants and witnesses."),
    deviations: Section.optional().describe("How deviations are noted and kept."),
  })
  .describe("Which steps answer each of the eight WebTrust-style sections, or why one is left out.");

const Days = z.int().min(1).max(3650);

/** What a production ceremony asks of its custodians' passkeys; a rehearsal goes by any. */
const Passkeys = z
  .strictObject({
    tested: z.strictObject({ days: Days }).optional().describe("Each custodian has used a passkey for a test within so many days before."),
    synced: z.literal(false).optional().describe("No custodian signs with a passkey that can be synced between devices."),
    attested: z
      .literal(true)
      .optional()
      .describe("The maker's attestation of the passkey was seen at enrolment and ends at a root certificate that the house trusts."),
    models: z.array(Aaguid).min(1).optional().describe("Only authenticators of these models, by their AAGUID."),
  })
  .describe("What production asks of the custodians' passkeys.");

export const Script = z.strictObject({
  script: Identifier.describe("The script's own id; editions of it share it."),
  edition: z.int().min(1),
  title: Title,
  purpose: Sentence.describe("What the ceremony is for, in a sentence or two that everybody understands."),
  in: inLanguages({
    title: Title,
    purpose: Sentence,
    prerequisites: z.array(Sentence),
    equipment: z.array(Sentence),
    afterwards: z.array(Sentence).min(1).optional(),
  }),
  environment: z.enum(["production", "test"]),
  profile: Identifier.optional().describe("The kind of HSM the script is written for, such as softhsm2 or aws-cloudhsm."),
  gcmIv: z.literal("module").optional()
    .describe("Says that the HSM chooses every IV of AES-GCM, and that applications keep it with the ciphertext."),
  minutes: z.int().min(1).describe("How long the ceremony takes."),
  block: z.strictObject({ minutes: z.int().min(1) }).optional().describe("How long room and people are booked for."),
  /** How long an opened step may wait for its approvals. */
  expires: z.strictObject({ minutes: z.int().min(1).max(LONGEST_OPENING_MINUTES) }).describe("How long an opened step may wait for its approvals."),
  quorum: QuorumRule,
  emergency: z
    .strictObject({
      instead: Identifier.optional().describe("The ordinary script that it stands in for, by its id; where missing, an ordinary edition of its own id."),
      usual: z.strictObject({ approve: z.int().min(1), of: z.int().min(1) }).describe("The quorum of the ordinary script."),
      review: z.strictObject({ days: z.int().min(1) }).describe("How soon afterwards the ceremony is reviewed."),
    })
    .optional()
    .describe("An emergency ceremony: stricter than the ordinary one, and reviewed afterwards."),
  witnesses: z.strictObject({ least: z.int().min(1) }),
  posts: z.array(Post).min(1).optional().describe("Who is who in the room, in the words of the house."),
  requester: Identifier.optional().describe("The post of whoever asked for the ceremony."),
  tokens: z
    .array(
      z.strictObject({
        token: Identifier.describe("The name by which operations ask for it."),
        title: Title,
        profile: Identifier.optional(),
        in: inLanguages({ title: Title }),
      }),
    )
    .min(1)
    .optional()
    .describe("The other tokens that the ceremony works on beside its own."),
  rehearsed: z
    .strictObject({ days: z.int().min(1).max(3650) })
    .optional()
    .describe("Production opens only if this very text was rehearsed to its end within so many days. The app sees to it."),
  duties: z
    .strictObject({
      days: Days.describe("For how long an acceptance counts."),
      says: Sentence.describe("The duties, word for word, as each custodian accepts them. The same words in another script are the same duties."),
    })
    .optional()
    .describe("Production opens only if each custodian has accepted these duties with their passkey."),
  passkeys: Passkeys.optional(),
  goNoGo: z
    .strictObject({
      backups: z.strictObject({ days: Days }).optional().describe("How old the newest backup may be."),
    })
    .optional()
    .describe("Production opens with a go / no-go: each of its lines stands in the opening, and a red one needs a deviation."),
  prerequisites: z.array(Sentence).describe("What must be true before anybody is in the room."),
  equipment: z.array(Sentence).describe("What lies on the table."),
  sections: Sections.optional(),
  afterwards: z.array(Sentence).min(1).optional().describe("What is left to do after the ceremony, by whom, and until when."),
  acts: z.array(Act).min(1),
});
