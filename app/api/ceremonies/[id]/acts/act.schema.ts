import { z } from "zod";
import { Assertion } from "#lib/ceremony/assertion.schema";
import { DEVIATION_CLASSES } from "#lib/ceremony/entry.schema";
import { Hash, Identifier } from "#lib/ceremony/roster.schema";

const Opening = z.strictObject({ path: z.string().max(300), salt: z.string().max(64), value: z.string().max(10_000) });
const step = Identifier;

const File = z.strictObject({
  name: z.string(),
  sha256: Hash,
  size: z.int().min(1),
  mediaType: z.string().max(100),
});

/** Everything that can be done in a room, one act each. */
export const Act = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("open-step"), step, deviation: z.int().min(0).optional() }),
  z.strictObject({ act: z.literal("acknowledge"), step }),
  z.strictObject({ act: z.literal("check-identity"), step, person: Identifier, document: z.string() }),
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
    openings: z.array(Opening).max(1),
    assertion: Assertion,
    /** With a part of a secret only: what was encrypted to the worker. */
    ciphertext: z.string().max(2_000).optional(),
  }),
  z.strictObject({
    act: z.literal("note-deviation"),
    class: z.enum(DEVIATION_CLASSES),
    step: step.optional(),
    expected: z.string(),
    happened: z.string(),
    decided: z.string(),
  }),
  z.strictObject({ act: z.literal("stop"), reason: z.string() }),
  z.strictObject({ act: z.literal("resume"), deviation: z.int().min(0) }),
  z.strictObject({ act: z.literal("abort"), reason: z.string() }),
]);
