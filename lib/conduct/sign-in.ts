import { verifyAssertion } from "#lib/ceremony/assertion";
import type { Assertion } from "#lib/ceremony/entry";
import { signInChallenge } from "#lib/ceremony/sign-in-challenge";
import { base64url, hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { limitFailures, limitTries } from "./limit-tries";
import { object, type Objection } from "./objection";
import type { PeoplePorts } from "./people-ports";

const MINUTES_OF_A_CHALLENGE = 5;
const HOURS_OF_A_SESSION = 8;

export type SignedIn = { readonly session: string; readonly person: string };

/** A challenge for a sign-in, and the options a browser takes; the authenticator itself says who it is. */
export async function offerSignIn(ports: PeoplePorts, form: { readonly address: string }) {
  const allowed = await limitTries(ports, "challenge", form.address);
  if (!allowed.ok) return allowed;
  const { world, people, rp } = ports;
  const now = world.now();
  const id = base64url(world.random(16));
  const nonce = hex(world.random(32));
  const expiresAt = new Date(now.getTime() + MINUTES_OF_A_CHALLENGE * 60_000);
  await people.giveChallenge({ id, purpose: "sign-in", challenge: nonce, expiresAt }, now);
  const timeout = MINUTES_OF_A_CHALLENGE * 60_000;
  return ok({
    challengeId: id,
    /** What the challenge is the hash of: whoever is asked to sign it makes it again, and signs nothing else. */
    nonce,
    options: {
      challenge: base64url(signInChallenge(nonce)),
      rpId: rp.id,
      timeout,
      userVerification: "required",
      allowCredentials: [],
    } as const,
  });
}

export type SignIn = {
  readonly challengeId: string;
  readonly assertion: Assertion;
  readonly address: string;
  readonly client: string;
};

/**
 * Signs a person in by their passkey: the same check of the assertion as for a statement, user verification included, over
 * a challenge that is taken once. Why it failed is noted for the auditor and not told to the caller.
 */
export async function signIn(ports: PeoplePorts, form: SignIn): Promise<Result<SignedIn, Objection>> {
  const quiet = await limitFailures(ports, "sign-in-failed", form.address);
  if (!quiet.ok) return quiet;
  const { people, world, rp } = ports;
  const now = world.now();
  const refuseFor = async (why: string) => {
    await limitTries(ports, "sign-in-failed", form.address);
    await people.noteRefusedSignIn({ kind: "sign-in-refused", by: null, facts: { why, passkey: form.assertion.credentialId } });
    return object("SIGN-IN-REFUSED");
  };

  const nonce = await people.takeChallenge(form.challengeId, "sign-in", now);
  if (nonce === null) return refuseFor("CHALLENGE-SPENT");
  const found = await people.findByPasskey(form.assertion.credentialId);
  if (!found || found.person.disabled) return refuseFor("PASSKEY-UNKNOWN");
  const { person, passkey } = found;
  const verified = await verifyAssertion(
    ports.verifier,
    { id: rp.id, origins: [rp.origin] },
    passkey,
    hex(signInChallenge(nonce)),
    form.assertion,
  );
  if (!verified.ok) return refuseFor(verified.refusal.invariant);

  const session = newSession(ports, person.person, "passkey", form.client, now);
  const audit = { kind: "signed-in", by: person.person, facts: { means: "passkey", passkey: passkey.id } } as const;
  await people.startSession(session, { id: passkey.id, counter: verified.value.counter }, audit);
  return ok({ session: session.id, person: person.person });
}

export type SignInByAccount = {
  readonly issuer: string;
  readonly subject: string;
  /** The address as the issuer vouches for it; null when it does not. */
  readonly email: string | null;
  readonly client: string;
};

/**
 * Signs a person in by a single sign-on, to look only. The identity is bound at its first use to the person to whom an
 * administrator gave that address; nobody is made up on the way.
 */
export async function signInByAccount(ports: PeoplePorts, form: SignInByAccount): Promise<Result<SignedIn, Objection>> {
  const { people, world } = ports;
  const { issuer, subject } = form;
  const refuseFor = async (why: string) => {
    await people.noteRefusedSignIn({ kind: "sign-in-refused", by: null, facts: { why, issuer, subject } });
    return object("SIGN-IN-REFUSED");
  };
  let person = await people.findAccount(issuer, subject);
  if (person === null) {
    const known = form.email === null ? null : await people.findByEmail(form.email.trim().toLowerCase());
    if (!known || known.disabled) return refuseFor("PERSON-UNKNOWN");
    if ((await people.linkAccount(issuer, subject, known.person)) === "taken") return refuseFor("ACCOUNT-TAKEN");
    person = known.person;
  }
  if ((await people.find(person))?.disabled !== false) return refuseFor("PERSON-UNKNOWN");
  const session = newSession(ports, person, "single-sign-on", form.client, world.now());
  await people.startSession(session, null, { kind: "signed-in", by: person, facts: { means: "single-sign-on", issuer } });
  return ok({ session: session.id, person });
}

const newSession = ({ world }: PeoplePorts, person: string, means: "passkey" | "single-sign-on", client: string, now: Date) => ({
  id: base64url(world.random(32)),
  person,
  means,
  client: client.slice(0, 200),
  expiresAt: new Date(now.getTime() + HOURS_OF_A_SESSION * 3_600_000),
});
