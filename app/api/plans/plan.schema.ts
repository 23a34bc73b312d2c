import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { ROLES } from "#lib/ceremony/roles";

/** What an organiser says of a ceremony that is to be. Times are instants; `zone` is where mails tell them. */
export const Plan = z.strictObject({
  title: z.string(),
  startsAt: z.iso.datetime({ offset: true }),
  minutes: z.int(),
  zone: z.string().max(64),
  room: z.string(),
  standbyAt: z.iso.datetime({ offset: true }).nullable(),
  cast: z.array(z.strictObject({ person: Identifier, role: z.enum(ROLES) })).max(200),
});

/** The SEQUENCE of the plan that whoever acts has before them. */
export const Seen = z.int().min(0);

/** Whose a duty is, and by when. */
export const Duty = z.strictObject({ owner: Identifier, dueAt: z.iso.datetime({ offset: true }) });
