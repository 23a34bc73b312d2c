import { ok, type Result } from "../result";
import { checkSigned } from "./admit-signed";
import { needsQuorum } from "./admit-worker";
import type { VerifiedAssertion } from "./assertion";
import { quorumOf, type Ceremony } from "./ceremony";
import { openStep, sameRecorder, withStep } from "./change-step";
import type { EntryOf } from "./entry";
import type { RecorderSigned } from "./examine";
import type { OperationBook } from "./operation";
import { no, type Refusal } from "./refusal";
import { heldApart, heldOther, isPart, secretsAsked, wholeOf } from "./secret-parts";

/**
 * The worker calls for the secrets of the next operation, under a key of its own that it uses once. Only after the quorum, and
 * for exactly what the operation asks. A new call makes the parts entered for the one before worthless, so it forgets them.
 */
export function admitInvited(
  ceremony: Ceremony,
  entry: EntryOf<"secrets-invited">,
  hash: string,
  recorder: RecorderSigned | null,
  book: OperationBook,
): Result<Ceremony, Refusal> {
  const { body, seq, at } = entry;
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  const open = openStep(ceremony, body.step, ["operation"]);
  if (!open.ok) return open;
  const state = open.value;
  const refuse = (problem: string) => no("SECRET-INVITED", { step: body.step, index: body.index, problem });

  if (state.started || body.index !== state.outcomes.length) return refuse("not the next operation");
  const asked = secretsAsked(state, book).map(({ name }) => name);
  if (asked.length === 0 || asked.join() !== body.secrets.map(({ secret }) => secret).join()) return refuse("not what the operation asks for");
  if (body.secrets.some(({ least, most }) => least > most)) return refuse("no part can be so long");
  if (!needsQuorum(state, book)) return refuse("nobody agrees to an operation that only reads");
  const quorum = quorumOf(ceremony, state);
  if (!quorum.ok) return quorum;
  const expires = state.opening?.expires ?? "";
  if (at > expires) return no("STATEMENT-EXPIRED", { expires, at });
  if (ceremony.nonces.includes(body.publicKey)) return no("NONCE-ONCE", { step: body.step, publicKey: body.publicKey });

  const invited = withStep(ceremony, { ...state, invitation: { ...body, hash, seq, at }, parts: [] });
  return ok({ ...invited, nonces: [...ceremony.nonces, body.publicKey] });
}

/**
 * A custodian has encrypted one part of one secret to the worker, and signs its hash with their passkey: whoever owns the app
 * could encrypt a part, and cannot put it under a custodian's name. The two parts of a secret come from two people, and the two PINs
 * of a token from four. What counts is everything they entered in this ceremony of a secret that still stands (`halvesAfter`), also
 * for a call that came to nothing.
 */
export function admitPart(
  ceremony: Ceremony,
  entry: EntryOf<"secret-part-entered">,
  assertion: VerifiedAssertion | null,
  book: OperationBook,
): Result<Ceremony, Refusal> {
  const open = openStep(ceremony, null, ["operation"]);
  if (!open.ok) return open;
  const state = open.value;
  const signed = checkSigned(ceremony, state, entry, "enter-part", assertion);
  if (!signed.ok) return signed;
  const { part } = signed.value.statement;
  const { invitation } = state;
  // checkStatement has refused a statement of this act without a part.
  if (!part || part.invitation !== invitation?.hash || !invitation.secrets.some(({ secret }) => secret === part.secret)) {
    return no("SECRET-NEWEST", { step: state.step.step, secret: part?.secret ?? "" });
  }
  if (state.parts.some((entered) => isPart(entered, part))) return no("SECRET-ONCE", { secret: part.secret, part: part.part });
  const asked = secretsAsked(state, book).find(({ name }) => name === part.secret) ?? {};
  const now = state.parts.some(({ secret, person }) => secret === part.secret && person === entry.by);
  if (now || heldOther(ceremony, asked, part.part).includes(entry.by)) {
    return no("SECRET-TWO-PEOPLE", { secret: part.secret, person: entry.by });
  }
  if (heldApart(ceremony, asked).includes(entry.by)) return no("SECRET-ROLES-APART", { secret: part.secret, person: entry.by });
  const whole = wholeOf(asked);
  const halves = whole === null ? ceremony.halves : [...ceremony.halves, { whole, part: part.part, person: entry.by }];
  const entered = { ...part, person: entry.by, seq: entry.seq, at: entry.at };
  return ok({ ...withStep(ceremony, { ...state, parts: [...state.parts, entered] }), halves });
}
