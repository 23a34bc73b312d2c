import { z } from "zod";
import { newestEvents } from "#lib/wiring/desk-looks";
import { forPeople, readQuery } from "../interface";

const Newest = z.strictObject({ most: z.coerce.number().int().min(1).max(1000).default(200) });

/** Sign-ins, enrolments and what administrators did, the newest first: for administrators and auditors with their own passkey. */
export const GET = forPeople(async ({ request }, actor) => {
  const query = readQuery(request, Newest);
  return query.ok ? newestEvents(actor, query.value.most) : query;
});
