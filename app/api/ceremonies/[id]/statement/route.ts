import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { VERDICTS } from "#lib/ceremony/statement.schema";
import { proposeStatement } from "#lib/conduct/propose-statement";
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
  const query = readQuery(request, Propose);
  return query.ok ? proposeStatement(roomPorts(), actor, params["id"] ?? "", query.value) : query;
});
