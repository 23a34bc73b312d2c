import { z } from "zod";
import { object } from "#lib/conduct/objection";
import { ok } from "#lib/result";
import { auditEvents } from "#lib/wiring";
import { forPeople, readQuery } from "../interface";

const Newest = z.strictObject({ most: z.coerce.number().int().min(1).max(1000).default(200) });

/** Sign-ins, enrolments and what administrators did, the newest first: for administrators and auditors. */
export const GET = forPeople(async ({ request }, { person }) => {
  const query = readQuery(request, Newest);
  if (!query.ok) return query;
  const events = await auditEvents(person, query.value.most);
  return events ? ok({ events }) : object("NOT-FOUND");
});
