import { z } from "zod";
import { Assertion } from "#lib/ceremony/assertion.schema";
import { DEVIATION_CLASSES } from "#lib/ceremony/deviation-classes";
import { MediaType, NotebookPage } from "#lib/ceremony/entry.schema";
import { ROLES } from "#lib/ceremony/roles";
import { Hash, Identifier } from "#lib/ceremony/roster.schema";
import type { Json } from "#lib/log/canonical";

const Opening = z.strictObject({ path: z.string().max(300), salt: z.string().max(64), value: z.string().max(10_000) });
const step = Identifier;

const File = z.strictObject({
  name: z.string(),
  sha256: Hash,
  size: z.int().min(1),
  mediaType: MediaType,
});

/** On a shared browser: whose act this is, and their passkey's signature over it where the act is no signed statement. */
const Hand = z.strictObject({
  person: Identifier,
  proof: z.strictObject({ id: z.string().max(64), assertion: Assertion }).nullable(),
});

/** Everything that can be done in a room, one act each. */
export const Act = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("open-step"), step, deviation: z.int().min(0).optional() }),
  z.strictObject({ act: z.literal("acknowledge"), step }),
  z.strictObject({ act: z.literal("check-identity"), step: step.optional(), person: Identifier, document: z.string() }),
  z.strictObject({ act: z.literal("enter-value"), step, value: z.string(), photo: File.optional() }),
  z.strictObject({
    act: z.literal("note-evidence"),
    step,
    name: z.string(),
    kept: z.string(),
    sha256: Hash.optional(),
    files: z.array(File).max(20).optional(),
  }),
  z.strictObject({
    act: z.literal("sign"),
    statement: z.string().max(100_000),
    openings: z.array(Opening).max(500),
    assertion: Assertion,
    /** With a part of a secret only: what was encrypted to the worker. */
    ciphertext: z.string().max(2_000).optional(),
    /** With the release of a notebook only. */
    pages: z.array(NotebookPage).min(1).max(500).optional(),
  }),
  z.strictObject({
    act: z.literal("note-deviation"),
    class: z.enum(DEVIATION_CLASSES),
    step: step.optional(),
    /** The number of the open sheet that this completes, where the form said so. */
    sheet: z.int().min(1).optional(),
    expected: z.string(),
    happened: z.string(),
    decided: z.string(),
    decidedBy: z.array(Identifier).min(1).max(50).optional(),
  }),
  z.strictObject({ act: z.literal("initial-deviations"), deviations: z.array(z.int().min(0)).min(1).max(1000) }),
  z.strictObject({
    act: z.literal("withhold-initials"),
    deviations: z.array(z.int().min(0)).min(1).max(1000),
    person: Identifier,
    reason: z.string(),
  }),
  z.strictObject({ act: z.literal("initial-step"), step }),
  z.strictObject({
    act: z.literal("read-out"),
    deviations: z.array(z.int().min(0)).max(1000),
    unused: z.array(z.int().min(1).max(99)).max(99),
  }),
  z.strictObject({ act: z.literal("note-presence"), person: Identifier, present: z.boolean() }),
  z.strictObject({
    act: z.literal("replace-person"),
    leaves: Identifier,
    arrives: Identifier,
    role: z.enum(ROLES),
    deviation: z.int().min(0),
  }),
  z.strictObject({
    act: z.literal("begin-break"),
    step: step.optional(),
    present: z.array(Identifier).max(200),
    seals: z.array(z.strictObject({ name: z.string(), value: z.string() })).max(40),
    unsealed: z.string().optional(),
  }),
  z.strictObject({
    act: z.literal("end-break"),
    step: step.optional(),
    present: z.array(Identifier).max(200),
    seals: z.array(z.strictObject({ seal: Identifier, value: z.string() })).max(40),
  }),
  z.strictObject({ act: z.literal("compare-clock"), device: Identifier, name: z.string(), milliseconds: z.int() }),
  z.strictObject({ act: z.literal("stop"), reason: z.string() }),
  z.strictObject({ act: z.literal("resume"), deviation: z.int().min(0) }),
  z.strictObject({ act: z.literal("abort"), reason: z.string() }),
]);

/**
 * An act as it is sent: with an id of its own, by which it is found again when its answer was lost, and with a hand where the
 * browser is shared. `sent` is the act to the last member, as it was signed.
 */
const Envelope = z.looseObject({ id: z.uuid().optional(), hand: Hand.optional() });
export const SentAct = Envelope.transform(({ id, hand, ...given }, context) => {
  const sent = given as { readonly act: string } & { readonly [member: string]: Json };
  const act = Act.safeParse(sent);
  if (act.success) return { id, hand, act: act.data, sent };
  for (const { message, path } of act.error.issues) context.addIssue({ code: "custom", message, path });
  return z.NEVER;
});
