import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { object } from "#lib/conduct/objection";
import { ok } from "#lib/result";
import { looksInto } from "#lib/wiring";
import { receiptOf } from "#lib/wiring/parts";
import { readQuery } from "../../../../interface";
import { forLookers } from "../../../../lookers";

/** On a shared browser: whose act it was. */
const Whose = z.strictObject({ person: Identifier.optional() });

/** Whether an act whose answer was lost has come about, by its own id: the entry it became, or null. */
export const GET = forLookers(async ({ request, params }, { person: looker, actor }) => {
  const id = params["id"] ?? "";
  if (!(await looksInto(id, looker))) return object("NOT-FOUND");
  const query = readQuery(request, Whose);
  if (!query.ok) return query;
  const person = actor?.person ?? query.value.person;
  return person === undefined ? object("HAND-UNKNOWN") : ok(await receiptOf(id, person, params["act"] ?? ""));
});
