import { z } from "zod";
import { Hash } from "#lib/ceremony/roster.schema";

const count = z.int().min(0);

/** What was done and refused on one day (UTC), counted. Sealed by the recorder, and named in the log by its hash. */
export const UsesOfDay = z.strictObject({
  v: z.literal("claviger/uses-of-day/v1"),
  day: z.iso.date(),
  /** Uses, and the rows that stand for them: of refusals beyond so many in a minute, one row stands for many. */
  uses: count,
  rows: count,
  counts: z.array(
    z.strictObject({
      account: z.string().nullable(),
      /** Null where no key was reached: a caller may have named anything. */
      key: z.string().nullable(),
      operation: z.string(),
      /** `done`, or the name of the refusal or fault. */
      result: z.string(),
      uses: count,
      rows: count,
      /** SHA-256 of its rows, each as a line, in their order. */
      digest: Hash,
    }),
  ),
});
