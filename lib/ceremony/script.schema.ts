import { z } from "zod";
import { ROLES } from "./roles";
import { Identifier } from "./roster.schema";

const Sentence = z.string().min(1).max(4000);
const Title = z.string().min(1).max(120);
const By = z.array(z.enum(ROLES)).min(1);

/** M of N, and, where the script asks for it, so many of a standing group among those M. */
export const QuorumRule = z.strictObject({
  approve: z.int().min(1),
  of: z.int().min(1),
  and: z.array(z.strictObject({ group: Identifier, approve: z.int().min(1) })).optional(),
});

/** One operation with its parameters. Which parameters there are is the operation's own business (lib/operations). */
export const OperationRequest = z.looseObject({ operation: Identifier });

const step = { step: Identifier, title: Title, minutes: z.int().min(0).max(600).optional() };

export const Step = z.discriminatedUnion("kind", [
  z.strictObject({ ...step, kind: z.literal("statement"), say: Sentence, by: By }),
  z.strictObject({ ...step, kind: z.literal("attendance"), say: Sentence, by: By }),
  z.strictObject({
    ...step,
    kind: z.literal("check"),
    say: Sentence,
    value: Title,
    expected: z.string().min(1).max(200).optional(),
    physical: z.boolean(),
    by: By,
  }),
  z.strictObject({
    ...step,
    kind: z.literal("operation"),
    say: Sentence,
    operations: z.array(OperationRequest).min(1).max(8),
    quorum: QuorumRule.optional(),
  }),
  z.strictObject({ ...step, kind: z.literal("evidence"), say: Sentence, what: Title, by: By }),
  z.strictObject({ ...step, kind: z.literal("pause"), say: Sentence, by: By }),
  z.strictObject({ ...step, kind: z.literal("sign-off"), say: Sentence, by: By }),
]);

export const Act = z.strictObject({ act: Identifier, title: Title, steps: z.array(Step).min(1) });

export const Script = z.strictObject({
  script: Identifier,
  edition: z.int().min(1),
  title: Title,
  purpose: Sentence,
  environment: z.enum(["production", "test"]),
  minutes: z.int().min(1),
  /** How long an opened step may wait for its approvals. */
  expires: z.strictObject({ minutes: z.int().min(1).max(1440) }),
  quorum: QuorumRule,
  witnesses: z.strictObject({ least: z.int().min(1) }),
  prerequisites: z.array(Sentence),
  equipment: z.array(Sentence),
  acts: z.array(Act).min(1),
});
