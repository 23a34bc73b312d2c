import { z } from "zod";

const Read = z.string().trim().min(1).max(64);

/** What whoever opens a ceremony has looked at in the room. */
export const Looked = z.strictObject({
  present: z.boolean(),
  room: z.boolean(),
  recording: z.boolean(),
  backupOn: z.iso.date().nullable(),
  hsm: z.strictObject({ serial: Read, firmware: Read }).nullable(),
});
