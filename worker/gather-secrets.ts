import { currentStep, type Ceremony, type Invitation, type StepState } from "#lib/ceremony/ceremony";
import type { SecretAsked } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { awaitedParts, isPart, partInfo, partLimits, partProblem, secretsAsked, type PartLimits } from "#lib/ceremony/secret-parts";
import { SUITE } from "#lib/hpke/sealed-part";
import { sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import type { OperationRefusal } from "#lib/operations/operation";
import { ok, refuse, type Result } from "#lib/result";
import { append, AGAIN, blocked, waitFor, type Acted, type Acting } from "./acting";
import type { Block, FollowedCeremony } from "./followed-ceremony";

/** Secrets of one operation by name; overwritten by whoever took them. */
export type Secrets = ReadonlyMap<string, Uint8Array>;

/** A secret whose length no token and no operation says. */
const ANY_LENGTH: PartLimits = { least: 1, most: 510 };

/**
 * What the secrets of the next operation still need: a call under a key of this very process, or parts by people. Null when every
 * part is there. A call of an earlier process is worth nothing any more, so a new one follows it, in everybody's sight.
 */
export async function awaitSecrets(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony, state: StepState): Promise<Acted | null> {
  const asked = secretsAsked(state, book);
  if (asked.length === 0) return null;
  const { invitation } = state;
  if (!invitation || !acting.desk.holds(ceremony.id, invitation.publicKey)) return callForSecrets(acting, followed, ceremony, state, asked);
  return awaitedParts(state, book).length > 0 ? waitFor("SECRET-COMPLETE") : null;
}

async function callForSecrets(
  acting: Acting,
  followed: FollowedCeremony,
  ceremony: Ceremony,
  state: StepState,
  asked: readonly SecretAsked[],
): Promise<Acted> {
  const secrets: { secret: string; least: number; most: number }[] = [];
  for (const one of asked) {
    const limits = await limitsOf(acting, one);
    if (!limits.ok) return blocked(limits.refusal);
    secrets.push({ secret: one.name, ...limits.value });
  }
  const publicKey = await acting.desk.call(ceremony.id);
  const called = { step: state.step.step, index: state.outcomes.length, suite: SUITE, publicKey, secrets };
  const written = await append(acting, followed, "secrets-invited", called);
  // Somebody else wrote first, or the rules say that it is too late: the key was for nothing.
  if (!written.ok || written.value === "conflict") acting.desk.forget(ceremony.id);
  return written.ok ? AGAIN : waitFor(written.refusal.invariant);
}

async function limitsOf({ others }: Acting, asked: SecretAsked): Promise<Result<PartLimits, Block>> {
  if (asked.pinOf === undefined) return ok(partLimits(asked, asked.length ?? ANY_LENGTH));
  const length = await others.pinLength(asked.pinOf);
  return length.ok ? ok(partLimits(asked, length.value)) : length;
}

/**
 * Opens and joins the parts of every secret of the operation that is under way. From here on its key is gone: whatever happens,
 * nothing can be opened twice. Refuses by name what was not as it should be, before any token is asked. The ciphertexts, of no use
 * now, are taken away with the next look at the ceremony, by this process or the one after it.
 */
export async function takeSecrets(acting: Acting, ceremony: Ceremony, state: StepState, request: OperationRequest): Promise<Result<Secrets, OperationRefusal>> {
  const asked = book.find(request.operation)?.secrets?.(request) ?? [];
  const { invitation } = state;
  const secrets = new Map<string, Uint8Array>();
  if (asked.length === 0) return ok(secrets);
  // The process that made the call has ended with its key: whether it had begun, nobody knows.
  if (!invitation || !acting.desk.holds(ceremony.id, invitation.publicKey)) return refuse({ call: request.operation, name: "INTERRUPTED" });
  const stored = await acting.store.secretParts(ceremony.id);
  try {
    for (const { name } of asked) {
      const halves: Uint8Array[] = [];
      for (const part of [1, 2] as const) {
        const entered = state.parts.find((one) => isPart(one, { secret: name, part }));
        const sealed = stored.find(({ seq }) => seq === entered?.seq)?.ciphertext;
        const half = entered && sealed && sha256Hex(sealed) === entered.sha256 ? await openPart(acting, ceremony, state, invitation, entered, sealed) : null;
        const problem = half ? partProblem(half, limitsIn(invitation, name)) : "PART-UNREADABLE";
        if (half) halves.push(half);
        if (problem !== null) {
          forgetSecrets(secrets);
          for (const one of halves) one.fill(0);
          return refuse({ call: request.operation, name: problem });
        }
      }
      secrets.set(name, joined(halves));
    }
    return ok(secrets);
  } finally {
    acting.desk.forget(ceremony.id);
  }
}

function openPart(
  { desk }: Acting,
  ceremony: Ceremony,
  state: StepState,
  invitation: Invitation,
  entered: StepState["parts"][number],
  sealed: Uint8Array,
): Promise<Uint8Array | null> {
  const { secret, part, person } = entered;
  const info = partInfo({ ceremony: ceremony.id, nonce: state.opening?.nonce ?? "", invitation: invitation.hash, secret, part, person });
  return desk.open(ceremony.id, sealed, info);
}

const limitsIn = ({ secrets }: Invitation, name: string): PartLimits => secrets.find(({ secret }) => secret === name) ?? { least: 1, most: 0 };

/** The first part followed by the second; both are overwritten. */
function joined(halves: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(halves.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const half of halves) {
    whole.set(half, at);
    at += half.length;
    half.fill(0);
  }
  return whole;
}

/** Overwrites every secret. */
export function forgetSecrets(secrets: Secrets): void {
  for (const secret of secrets.values()) secret.fill(0);
}

/** Blocks that end by themselves: what people entered is still of use then. */
const PASSING: readonly string[] = ["CLOCK-AHEAD"];

/**
 * Forgets what this process knows of a ceremony's secrets, when it will do nothing more for it: a block of this kind ends, if at
 * all, by people who look, and a key that nobody will use must not lie in memory until the worker ends.
 */
export function forgetBlocked({ desk, pins }: Pick<Acting, "desk" | "pins">, ceremony: string, { code }: Block): void {
  if (PASSING.includes(code)) return;
  desk.forget(ceremony);
  pins.forgetCeremony(ceremony);
}

/**
 * Takes away the ciphertexts that are worth nothing any more (of an earlier call, after a refusal, a stop, an expiry, an end), and
 * forgets the key behind them. Cheap where there is nothing to do: the database is asked once for each change.
 */
export async function tidySecrets({ store, desk, now, pins }: Acting, ceremony: Ceremony): Promise<void> {
  const state = currentStep(ceremony);
  const open = ceremony.phase === "running" && state?.status === "open";
  const inTime = state?.started !== null || now().toISOString() <= (state.opening?.expires ?? "");
  const live = open && inTime ? state.invitation : null;
  const standing = `${live?.hash ?? "none"} ${ceremony.phase}`;
  if (desk.isTidy(ceremony.id, standing)) return;
  await store.takeAwayParts(ceremony.id, live?.seq ?? null);
  if (!live || !desk.holds(ceremony.id, live.publicKey)) desk.forget(ceremony.id);
  if (ceremony.phase === "closed" || ceremony.phase === "aborted") pins.forgetCeremony(ceremony.id);
  desk.tidied(ceremony.id, standing);
}
