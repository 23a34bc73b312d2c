import { endorsementFor } from "#lib/ceremony/endorsement";
import { canonicalText, type Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import { hex, text } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { endorsableNow, type EndorsementPorts, type ToEndorse } from "./endorsable-now";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** Everything a browser needs to see for itself what it is about to sign. */
export type ProposedEndorsement = {
  /** Canonical text of the statement whose SHA-256 is signed. */
  readonly statement: string;
  /** Canonical text of the document, whose SHA-256 the statement names; of a passkey as the roster lists it. */
  readonly document: string;
  /** Canonical text of the roster under which it is signed. */
  readonly roster: string;
  /** What the names in the two rosters are. */
  readonly openings: readonly Opening[];
};

/** The statement by which this person can endorse a document now. A proposal only: the browser looks at the bytes themselves. */
export async function proposeEndorsement(
  ports: EndorsementPorts,
  actor: Actor,
  form: Pick<ToEndorse, "what" | "hash">,
): Promise<Result<ProposedEndorsement, Objection>> {
  const nonce = hex(ports.world.random(32));
  const found = await endorsableNow(ports, actor.person, { ...form, nonce });
  if (!found.ok) return found;
  if (form.what === "passkey") await ports.nonces.give(actor.person, form.hash, nonce);
  const { document, bytes, openings, roster } = found.value;
  const statement = endorsementFor(document, roster.roster, actor.person, ports.world.now().toISOString());
  return ok({
    statement: canonicalText(statement as unknown as Json),
    document: text(bytes),
    roster: text(roster.row.bytes),
    openings,
  });
}
