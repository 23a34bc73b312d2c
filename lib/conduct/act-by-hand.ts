import { verifyAssertion } from "#lib/ceremony/assertion";
import type { Assertion } from "#lib/ceremony/entry";
import type { Json } from "#lib/log/canonical";
import { base64url, hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { limitFailures, limitTries } from "./limit-tries";
import { object, type Objection } from "./objection";
import { oneActChallenge } from "./one-act";
import type { PeoplePorts } from "./people-ports";
import type { Actor } from "./ports";

const MINUTES_TO_USE_A_PASSKEY = 3;

/** A nonce for one act on a shared browser. The browser makes the challenge itself, from it and from what it is about to send. */
export async function offerOneAct(
  ports: PeoplePorts,
  form: { readonly address: string },
): Promise<Result<{ readonly id: string; readonly nonce: string }, Objection>> {
  const allowed = await limitTries(ports, "challenge", form.address);
  if (!allowed.ok) return allowed;
  const { world, people } = ports;
  const now = world.now();
  const id = base64url(world.random(16));
  const nonce = hex(world.random(32));
  const expiresAt = new Date(now.getTime() + MINUTES_TO_USE_A_PASSKEY * 60_000);
  await people.giveChallenge({ id, purpose: "one-act", challenge: nonce, expiresAt }, now);
  return ok({ id, nonce });
}

/** Whose act it is said to be, and, for what is not signed as a statement anyway, the proof of it. */
export type Hand = {
  readonly person: string;
  readonly proof: { readonly id: string; readonly assertion: Assertion } | null;
};

export type ActByHand = {
  readonly ceremony: string;
  /** The act as it was sent, to the last member. */
  readonly act: Json & { readonly act: string };
  readonly hand: Hand;
  /** The session of the shared browser. */
  readonly session: string;
  readonly address: string;
};

/**
 * Who acts on a shared browser, for this one act and no longer. Nothing is left behind: the nonce is taken before anything is
 * looked at, and what was signed names act and person. A statement is signed by passkey itself, and the rule book holds that
 * signature to the person named here, so no second one is asked for.
 */
export async function actByHand(ports: PeoplePorts, form: ActByHand): Promise<Result<Actor, Objection>> {
  const { ceremony, act, hand, session, address } = form;
  const { people, world } = ports;
  const quiet = await limitFailures(ports, "sign-in-failed", address);
  if (!quiet.ok) return quiet;
  // Whoever signed it stands in the entry, or there is none: nothing is noted of what is not yet proved.
  if (act.act === "sign") return ok({ person: hand.person, canSign: true });
  if (!hand.proof) return object("HAND-UNKNOWN");
  const { id, assertion } = hand.proof;
  const nonce = await people.takeChallenge(id, "one-act", world.now());
  if (nonce === null) return object("HAND-SPENT");
  const challenge = oneActChallenge({ ceremony, person: hand.person, nonce, act });
  const why = await whyNotTheirs(ports, hand.person, assertion, challenge);
  if (why !== null) {
    await limitTries(ports, "sign-in-failed", address);
    const facts = { why, ceremony, person: hand.person, act: act.act, passkey: assertion.credentialId };
    await people.noteHand({ kind: "hand-refused", by: null, facts });
    return object("HAND-REFUSED");
  }
  await people.noteHand({ kind: "acted-by-hand", by: hand.person, facts: { ceremony, act: act.act, session } });
  return ok({ person: hand.person, canSign: true });
}

/** Null when a passkey of that person signed this challenge; else the name of what is wrong. */
async function whyNotTheirs(
  { people, verifier, rp }: PeoplePorts,
  person: string,
  assertion: Assertion,
  challenge: Uint8Array,
): Promise<string | null> {
  const found = await people.findByPasskey(assertion.credentialId);
  if (found?.person.person !== person || found.person.disabled) return "PASSKEY-OWNER";
  const verified = await verifyAssertion(verifier, { id: rp.id, origins: [rp.origin] }, found.passkey, hex(challenge), assertion);
  return verified.ok ? null : verified.refusal.invariant;
}
