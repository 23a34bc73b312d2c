import { z } from "zod";
import { Hash, Identifier } from "#lib/ceremony/roster.schema";
import { SecretPart, VERDICTS } from "#lib/ceremony/statement.schema";
import { object } from "#lib/conduct/objection";
import { proposeStatement } from "#lib/conduct/propose-statement";
import { looksInto } from "#lib/wiring";
import { roomPorts } from "#lib/wiring/parts";
import { forPeople, readQuery } from "../../../interface";

/** A query has only texts: which part of a secret is meant stands in four of them, all or none. */
const part = {
  invitation: Hash.optional(),
  secret: Identifier.optional(),
  part: z.enum(["1", "2"]).optional(),
  sha256: Hash.optional(),
};

const Propose = z
  .strictObject({
    act: z.enum(["approve", "refuse", "enter-part", "sign-off"]),
    step: Identifier,
    verdict: z.enum(VERDICTS).optional(),
    remark: z.string().optional(),
    ...part,
  })
  .transform(({ invitation, secret, part: half, sha256, ...asked }) => ({
    ...asked,
    part: SecretPart.safeParse({ invitation, secret, part: Number(half), sha256 }).data,
  }));

/** The statement this person can sign now. The browser makes its own and compares. */
export const GET = forPeople(async ({ request, params }, actor) => {
  const id = params["id"] ?? "";
  if (!(await looksInto(id, actor.person))) return object("NOT-FOUND");
  const query = readQuery(request, Propose);
  return query.ok ? proposeStatement(roomPorts(), actor, id, query.value) : query;
});
