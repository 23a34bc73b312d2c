import { z } from "zod";
import { Hash, Identifier } from "#lib/ceremony/roster.schema";
import { takenUses } from "#lib/wiring/key-uses";
import { languageAsked } from "#lib/words/language";
import { forPeople, readQuery } from "../../interface";

const day = z.iso.date();
const Asked = z.union([z.strictObject({ account: Identifier, day }), z.strictObject({ key: Hash, day })]);

/** The uses of one day (UTC), of an application or of a key, as CSV. Taking it is an audit event. */
export const GET = forPeople(async ({ request }, actor) => {
  const asked = readQuery(request, Asked);
  if (!asked.ok) return asked;
  const of = "account" in asked.value ? { of: "account" as const, id: asked.value.account } : { of: "key" as const, id: asked.value.key };
  const taken = await takenUses(of, asked.value.day, actor, languageAsked(request.headers));
  if (!taken.ok) return taken;
  const name = `uses-${of.id.slice(0, 16)}-${asked.value.day}.csv`;
  return new Response(taken.value, {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
});
