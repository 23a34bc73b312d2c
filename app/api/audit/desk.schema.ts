import { z } from "zod";
import { Hash } from "#lib/ceremony/roster.schema";
import { DESK_LISTS, FILTER_FIELDS, filterFrom } from "#lib/conduct/desk-filter";
import { HOLD_ACTS, type HoldAct } from "#lib/conduct/hold-record";

/** A filter as it is sent: only members it has, and each only as `filterFrom` would take it. */
const Filter = z
  .strictObject(Object.fromEntries(FILTER_FIELDS.map((field) => [field, z.string().optional()])))
  .transform((said) => filterFrom(said));

export const Announcement = z.strictObject({
  of: z.enum(DESK_LISTS),
  filter: Filter,
  size: z.int(),
  words: Hash,
});

/** The event of a matter that whoever acts saw last. */
const Seen = z.int().min(1);
const Reason = z.string();

export const Request = z.strictObject({ text: z.string(), due: z.string() });
export const Answer = z.strictObject({
  seen: Seen,
  text: z.string(),
  files: z.array(z.strictObject({ name: z.string(), sha256: Hash })).max(20),
});
export const Receipt = z.strictObject({ seen: Seen, remark: z.string() });

export const Hold = z.strictObject({ act: z.enum(Object.keys(HOLD_ACTS) as [HoldAct, ...HoldAct[]]), reason: Reason });
export const Destruction = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("order"), reason: Reason }),
  z.strictObject({ act: z.literal("withdraw") }),
  z.strictObject({ act: z.literal("destroy") }),
]);

export const ClosedFile = z.strictObject({
  title: z.string(),
  records: z.array(z.string().max(64)).max(1000),
  matters: z.array(z.string().max(100)).max(1000),
  log: Filter.nullable(),
});

export const Verification = z.strictObject({
  file: Hash,
  recorder: Hash,
  holds: z.boolean(),
  failed: z.array(z.string().max(60)).max(100),
});
