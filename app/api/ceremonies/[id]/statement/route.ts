import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { VERDICTS } from "#lib/ceremony/statement.schema";
import { object } from "#lib/conduct/objection";
import { proposeStatement } from "#lib/conduct/propose-statement";
import { looksInto } from "#lib/wiring";
import { roomPorts } from "#lib/wiring/parts";
import { forPeople, readQuery } from "../../../interface";

const Propose = z.strictObject({
  act: z.enum(["approve", "refuse", "sign-off"]),
  step: Identifier,
  verdict: z.enum(VERDICTS).optional(),
  remark: z.string().optional(),
});

/** The statement this person can sign now. The browser makes its own and compares. */
export const GET = forPeople(async ({ request, params }, actor) => {
  const id = params["id"] ?? "";
  if (!(await looksInto(id, actor.person))) return object("NOT-FOUND");
  const query = readQuery(request, Propose);
  return query.ok ? proposeStatement(roomPorts(), actor, id, query.value) : query;
});
