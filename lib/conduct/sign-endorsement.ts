import type { Assertion } from "#lib/ceremony/entry";
import { checkEndorsement, soundEndorsements, verifyEndorsement, type EndorsementStatement } from "#lib/ceremony/endorsement";
import { EndorsementStatement as StatementSchema } from "#lib/ceremony/endorsement.schema";
import { canonical, parseCanonical } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { endorsableNow, type EndorsementPorts } from "./endorsable-now";
import { object, refused, type Objection } from "./objection";
import type { Actor } from "./ports";

/** How long a statement may be read before it is signed: the time in it is when the record will say it was endorsed. */
const MINUTES_TO_SIGN = 30;

export type SignEndorsement = { readonly statement: string; readonly assertion: Assertion };

/**
 * Keeps a custodian's signature under a roster, a script, their duties, or a test of their passkey. It is judged by the rules that
 * will count it later: under the roster in force, for this very document, by this person's own passkey; a roster and a script
 * once, duties and passkeys as often as they are renewed. A test is over the number that was given out for it, once.
 */
export async function signEndorsement(
  ports: EndorsementPorts,
  actor: Actor,
  form: SignEndorsement,
): Promise<Result<{ readonly hash: string }, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const statement = statementIn(form.statement);
  if (!statement) return object("STATEMENT-UNREADABLE");
  const { what, hash: document, person, at } = statement;
  if (person !== actor.person) return refuse({ code: "PASSKEY-OWNER", facts: { person } });
  const nonce = what === "passkey" ? await ports.nonces.take(person, document) : null;
  if (what === "passkey" && nonce !== statement.nonce) return object("CHALLENGE-SPENT");
  const found = await endorsableNow(ports, person, { what, hash: document, ...(nonce !== null && { nonce }) });
  if (!found.ok) return found;
  const { roster, row } = found.value.roster;

  const endorsement = { statement, assertion: form.assertion };
  const signed = await verifyEndorsement(ports.verifier, roster, endorsement);
  if (!signed.ok) return refused(signed.refusal);
  const now = ports.world.now();
  const counts = checkEndorsement(found.value.document, roster, signed.value, now.toISOString());
  if (!counts.ok) return refused(counts.refusal);
  if (Date.parse(at) < now.getTime() - MINUTES_TO_SIGN * 60_000) return refuse({ code: "ENDORSEMENT-TIME", facts: { at } });

  const bytes = canonical(endorsement);
  const hash = sha256Hex(bytes);
  if (what !== "duties" && what !== "passkey") {
    // Only what counts: a row that somebody planted in this person's name keeps them from nothing.
    const before = await soundEndorsements(ports.verifier, found.value.document, roster, await ports.endorsements(document), now.toISOString());
    if (before.some(({ kept }) => kept.statement.person === person)) return refuse({ code: "ENDORSEMENT-DISTINCT", facts: { person } });
  }
  await ports.keep({ hash, document, roster: row.hash, person, what, at, bytes });
  return ok({ hash });
}

function statementIn(said: string): EndorsementStatement | null {
  try {
    const parsed = StatementSchema.safeParse(parseCanonical(utf8(said)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
