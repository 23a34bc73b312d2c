import { z } from "zod";
import { Hash, Identifier, Time } from "#lib/ceremony/roster.schema";
import { SecretPart, VERDICTS } from "#lib/ceremony/statement.schema";
import { object } from "#lib/conduct/objection";
import { proposeStatement } from "#lib/conduct/propose-statement";
import { looksInto } from "#lib/wiring";
import { roomPorts } from "#lib/wiring/parts";
import { readQuery } from "../../../interface";
import { forLookers } from "../../../lookers";

/** A query has only texts: which part of a secret is meant stands in four of them, all or none. */
const part = {
  invitation: Hash.optional(),
  secret: Identifier.optional(),
  part: z.enum(["1", "2"]).optional(),
  sha256: Hash.optional(),
};

/** What the first of two people says was done on paper: all of it, or none; and the deviation as which a stopped room goes on. */
const paper = {
  began: Time.optional(),
  ended: Time.optional(),
  account: z.string().optional(),
  kept: z.string().optional(),
  deviation: z.string().optional(),
};
const PaperSaid = z.strictObject({ began: Time, ended: Time, account: z.string(), kept: z.string(), deviation: z.int().min(0) });

const Propose = z
  .strictObject({
    act: z.enum(["approve", "refuse", "enter-part", "sign-off", "attest", "paper", "approve-resume"]),
    step: Identifier,
    verdict: z.enum(VERDICTS).optional(),
    remark: z.string().optional(),
    /** On a shared browser: for whom. Who signs it is judged when it is signed. */
    person: Identifier.optional(),
    ...part,
    ...paper,
  })
  .transform(({ invitation, secret, part: half, sha256, began, ended, account, kept, deviation, ...asked }) => ({
    ...asked,
    deviation: deviation === undefined ? undefined : Number(deviation),
    paper: PaperSaid.safeParse({ began, ended, account, kept, deviation: Number(deviation) }).data,
    part: SecretPart.safeParse({ invitation, secret, part: Number(half), sha256 }).data,
  }));

/** The statement this person can sign now. The browser makes its own and compares. */
export const GET = forLookers(async ({ request, params }, { person: looker, actor }) => {
  const id = params["id"] ?? "";
  if (!(await looksInto(id, looker))) return object("NOT-FOUND");
  const query = readQuery(request, Propose);
  if (!query.ok) return query;
  const { person, ...asked } = query.value;
  if (actor) return proposeStatement(roomPorts(), actor, id, asked);
  return person === undefined ? object("HAND-UNKNOWN") : proposeStatement(roomPorts(), { person, canSign: true }, id, asked);
});
