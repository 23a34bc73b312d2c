import { needsQuorum } from "#lib/ceremony/admit-worker";
import { currentStep, performed, quorumOf, remainingOperations, tokenSerials, type Ceremony, type StepState } from "#lib/ceremony/ceremony";
import type { Body } from "#lib/ceremony/entry";
import { NO_SERIAL } from "#lib/ceremony/operation";
import { ckaIdOf } from "#lib/ceremony/quorum";
import type { Refusal } from "#lib/ceremony/refusal";
import type { OperationRequest } from "#lib/ceremony/script";
import { fromHex, hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { executeOperation } from "#lib/operations/execute-operation";
import type { ExecuteContext, Executed, OperationRefusal } from "#lib/operations/operation";
import { ok, type Result } from "#lib/result";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import { TokenFault } from "#lib/token/fault";
import { webCryptoEncryptOaep } from "#lib/webcrypto/encrypt-oaep";
import { webCryptoPublicKey } from "#lib/webcrypto/public-key-reader";
import { append, appendTruth, AGAIN, blocked, WAIT, waitFor, type Acted, type Acting } from "./acting";
import type { Block, FollowedCeremony } from "./followed-ceremony";
import { awaitSecrets, forgetSecrets, takeSecrets } from "./gather-secrets";
import { otherSerial, OtherTokenBlocked } from "./other-tokens";
import type { Settled } from "./secret-desk";
import { noLongerTrusted } from "./still-trusted";

/**
 * Writes the intent of the next operation once the rule book admits it: the worker builds the entry from what it has verified
 * and lets `admit` judge, like everybody else. Nothing touches the token here.
 */
export async function startOperation(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony): Promise<Acted> {
  const state = currentStep(ceremony);
  const request = state && remainingOperations(state)[0];
  if (!state || state.status !== "open" || !request) return WAIT;
  const authority = authorityOf(ceremony, state);
  if (!authority.ok) return waitFor(authority.refusal.invariant);
  const newest = await acting.memory.newestPinned(ceremony.mode, acting.recorder.spki, acting.verifier);
  const lapsed = newest && noLongerTrusted(ceremony, state, newest.roster, acting.now());
  if (lapsed) return blocked(lapsed);
  const missing = await missingToken(acting, ceremony, request);
  if (missing) return blocked(missing);
  const awaiting = await awaitSecrets(acting, followed, ceremony, state);
  if (awaiting) return awaiting;

  const index = state.outcomes.length;
  const { quorumHash, approvals } = authority.value;
  const intent = { step: state.step.step, index, request, ckaId: ckaIdOf(quorumHash ?? state.opening?.hash ?? "", index), approvals, quorumHash };
  const written = await append(acting, followed, "operation-started", intent);
  // An expired step, a stopped room: the people see it and act; there is nothing for the worker to do.
  return written.ok ? AGAIN : waitFor(written.refusal.invariant);
}

function authorityOf(ceremony: Ceremony, state: StepState): Result<{ quorumHash: string | null; approvals: number[] }, Refusal> {
  if (!needsQuorum(state, book)) return ok({ quorumHash: null, approvals: [] });
  const quorum = quorumOf(ceremony, state);
  return quorum.ok ? ok({ quorumHash: quorum.value.hash, approvals: [...quorum.value.approvals] }) : quorum;
}

/** Why one of the other tokens that an operation works on cannot be worked on: not there, or another device. Before any intent. */
async function missingToken(acting: Acting, ceremony: Ceremony, request: OperationRequest): Promise<Block | null> {
  for (const name of book.find(request.operation)?.tokens?.(request) ?? []) {
    const expected = tokenSerials(ceremony)?.others?.[name] ?? "";
    if (expected === NO_SERIAL) continue;
    const there = await acting.others.look(name, isPinEntered(request, name) ? null : ceremony.id);
    if (!there.ok) return there.refusal;
    if (there.value.serial !== expected) return otherSerial(name, expected, there.value);
  }
  return null;
}

/** Whether the operation is one for which people enter the PIN of that token, and which needs no other to begin. */
function isPinEntered(request: OperationRequest, name: string): boolean {
  const rules = book.find(request.operation);
  return rules?.opens !== true && (rules?.secrets?.(request).some(({ pinOf }) => pinOf === name) ?? false);
}

/**
 * Carries out the operation whose intent is the transcript's own: reads the transcript once more (the stop switch last of all),
 * makes sure this worker still is the one that acts, then the token, then the outcome. Safe to run again after any crash: a key
 * that is there already is finished, half a key is destroyed and noted, and only then is one made.
 */
export async function finishOperation(acting: Acting, followed: FollowedCeremony): Promise<Acted> {
  try {
    return await carryOut(acting, followed);
  } catch (fault) {
    const block = acting.others.blockFor(fault);
    if (block) return (await giveUp(acting, followed, block)) ?? blocked(block);
    throw fault;
  } finally {
    await acting.others.closeAll();
  }
}

/**
 * Nothing can be said of the work before the device is back: the intent stays, and with it the duty to look. Unless the room has
 * aborted the ceremony and a person at this worker's console knows that the device is lost: then that is written down, and the
 * outcome is called unknown (decision 0036). Null while nobody gave it up.
 */
async function giveUp(acting: Acting, followed: FollowedCeremony, block: Block): Promise<Acted | null> {
  const { ceremony } = followed;
  const started = ceremony?.steps.find((state) => state.started !== null)?.started;
  if (!ceremony || !started || ceremony.phase !== "aborted" || !acting.memory.isGivenUp(ceremony.id)) return null;
  const { step, index, ckaId } = started;
  const facts = { name: String(block.facts["name"] ?? ""), why: block.code };
  const isNoted = ceremony.deviations.some(({ body }) => "code" in body && body.code === "device-given-up" && body.step === step);
  if (!isNoted) {
    const noted = await appendTruth(acting, followed, "worker-noted", { class: "D", step, code: "device-given-up", facts });
    if (!noted.ok) return null;
  }
  const request = started.request as OperationRequest;
  for (const token of userPinsSetBy(request)) acting.others.userPinMayHaveChanged(token);
  const fault = { call: request.operation, name: "OUTCOME-UNKNOWN", ckr: null };
  return writeFailure(acting, followed, { step, index, ckaId, fault });
}

/** The tokens whose user PIN the operation sets. */
const userPinsSetBy = (request: OperationRequest): string[] =>
  (book.find(request.operation)?.secrets?.(request) ?? []).flatMap(({ chosen, pinOf, holder }) =>
    chosen && pinOf !== undefined && holder === "user" ? [pinOf] : [],
  );

async function carryOut(acting: Acting, followed: FollowedCeremony): Promise<Acted> {
  const now = await followed.readAgain();
  if (!now.ok) return blocked(now.refusal);
  const ceremony = now.value;
  const state = ceremony.steps.find((candidate) => candidate.started !== null);
  const started = state?.started;
  if (!state || !started) return AGAIN;
  await acting.confirmLeadership();

  const { step, index, ckaId } = started;
  const request = started.request as OperationRequest;
  const context = await contextOf(acting, followed, ceremony, { step, ckaId, startedAt: started.at });
  const task: Task = { step, index, request, ckaId, context };
  const settled = acting.desk.settled(ckaId);
  const tooLate = followed.wasStoppedSince(started.seq) ? "STOPPED-BEFORE-IT-BEGAN" : whyNotBegin(ceremony, state, acting.now());
  const begun = tooLate === null || settled !== null || (await isBegun(acting, state, task));
  if (tooLate !== null && begun !== true) return fail(acting, followed, task, { call: request.operation, name: begun || tooLate });

  await acting.say(`${request.operation}, ${step}`);
  const began = acting.now().getTime();
  const done = settled ?? (await executeWithSecrets(acting, ceremony, state, task));
  if (!done.ok) return fail(acting, followed, task, done.refusal);
  const { outcome, recovered } = done.value;
  const milliseconds = Math.max(0, acting.now().getTime() - began);
  const written = await appendTruth(acting, followed, "operation-done", { step, index, outcome: outcome as Body<"operation-done">["outcome"], milliseconds, recovered });
  if (written.ok) return told(acting, ckaId);
  if ("block" in written.refusal) return blocked(written.refusal.block);
  if (!(await isStillAwaited(acting, followed, task))) return AGAIN;
  // The module made something else than was ordered, and says so itself: nothing of it may stay.
  if (effectOf(request) === "creates") await acting.token.destroyById(fromHex(ckaId));
  await book.find(request.operation)?.undo?.(acting.token, request, context);
  return fail(acting, followed, task, { call: request.operation, name: written.refusal.refusal.invariant });
}

const effectOf = (request: OperationRequest) => book.find(request.operation)?.effect;

/**
 * Why work that may not have begun must not begin now: the room was stopped, or the time its people agreed to is over. An intent
 * outlives its worker, and nobody agreed to a key that is made when they have long gone home.
 */
function whyNotBegin(ceremony: Ceremony, state: StepState, now: Date): string | null {
  if (ceremony.phase !== "running") return "STOPPED-BEFORE-IT-BEGAN";
  return now.toISOString() > (state.opening?.expires ?? "") ? "EXPIRED-BEFORE-IT-BEGAN" : null;
}

/**
 * Then still: whether the work had been done all the same, or cannot be left as it is. Half a key is none, and is taken away by `fail`.
 * By name where nobody here can know: another worker of this token may have destroyed what is gone, and a process that has ended may have
 * used the secrets that it called for.
 */
async function isBegun(acting: Acting, { invitation }: StepState, task: Task): Promise<boolean | "OUTCOME-UNKNOWN" | "INTERRUPTED"> {
  const { request, ckaId, context } = task;
  if (effectOf(request) === "creates") return (await acting.token.lookById(fromHex(ckaId))).found === "complete";
  const rules = book.find(request.operation);
  const begun = (await rules?.isBegun?.(acting.token, request, context)) ?? false;
  if (begun !== false) return begun === true || "OUTCOME-UNKNOWN";
  const needsSecrets = (rules?.secrets?.(request) ?? []).length > 0;
  return needsSecrets && !acting.desk.neverUsed(invitation?.publicKey ?? "") ? "INTERRUPTED" : false;
}

interface Task {
  readonly step: string;
  readonly index: number;
  readonly request: OperationRequest;
  readonly ckaId: string;
  readonly context: ExecuteContext;
}

async function contextOf(
  acting: Acting, followed: FollowedCeremony, ceremony: Ceremony, intent: { readonly step: string; readonly ckaId: string; readonly startedAt: string },
): Promise<ExecuteContext> {
  const { step, ckaId, startedAt } = intent;
  const { token, verifier, others } = acting;
  const serials = tokenSerials(ceremony)?.others ?? {};
  return {
    ceremony: ceremony.id,
    ckaId,
    startedAt,
    earlier: performed(ceremony),
    others: serials,
    nonce: hex(await token.random(32)),
    verifySignature: (algorithm, spki, data, signature) => verifier.verify(algorithm, spki, data, signature),
    readPublicKey: webCryptoPublicKey,
    encryptOaep: webCryptoEncryptOaep,
    backups: acting.backups,
    begun: {
      noted: () => acting.memory.hasBegun(ckaId),
      note: () => acting.memory.noteBegun(ckaId, acting.now().toISOString()),
    },
    other: (name) => others.open(name, serials[name] ?? "", ceremony.id),
    keeper: (name) => others.keeper(name, serials[name] ?? "", ceremony.id),
    secret: (name) => Promise.reject(new Error(`no secret called ${name} was asked for`)),
    async onStep(seen) {
      if (seen.at !== "looked" || seen.lookup.found !== "half") return;
      await noteDestroyed(acting, followed, step, seen.lookup.parts);
    },
  };
}

/**
 * The same with the secrets that the operation needs, which are there for as long as it takes. They are used once: what came of it is
 * kept in memory until it is written down, and a device that goes away in the middle leaves an operation that is not begun again.
 */
async function executeWithSecrets(acting: Acting, ceremony: Ceremony, state: StepState, task: Task): Promise<Settled> {
  const { request, ckaId, context } = task;
  const secrets = await takeSecrets(acting, ceremony, state, request);
  if (!secrets.ok) return secrets;
  if (secrets.value.size === 0) return execute(acting, task);
  const secret = (name: string): Promise<Uint8Array> => {
    const found = secrets.value.get(name);
    return found ? Promise.resolve(found) : Promise.reject(new Error(`${request.operation} asked for no secret called ${name}`));
  };
  try {
    const done = await execute(acting, { ...task, context: { ...context, secret } }).catch((fault: unknown): Settled => {
      if (!(fault instanceof TokenFault) && !(fault instanceof OtherTokenBlocked)) throw fault;
      return { ok: false, refusal: { call: request.operation, name: "INTERRUPTED" } };
    });
    acting.desk.settle(ckaId, done);
    return done;
  } finally {
    forgetSecrets(secrets.value);
  }
}

async function execute({ token }: Acting, { request, context }: Task): Promise<Result<Executed, OperationRefusal>> {
  try {
    return await executeOperation(token, request, context);
  } catch (fault) {
    if (!(fault instanceof TokenFault) || fault.gone) throw fault;
    return { ok: false, refusal: { call: fault.call, name: fault.ckrName, ...(fault.ckr === null ? {} : { ckr: fault.ckr }) } };
  }
}

/** What is going to be destroyed is told first: whatever happens next, the transcript says what was found. */
async function noteDestroyed(acting: Acting, followed: FollowedCeremony, step: string, parts: readonly ObjectReading[]): Promise<void> {
  const facts = { label: parts[0]?.label ?? "", parts: parts.map((part) => part.objectClass).join(", ") };
  const noted = await appendTruth(acting, followed, "worker-noted", { class: "C", step, code: "half-key-destroyed", facts });
  if (!noted.ok) throw new Error("what was found on the token could not be noted");
}

/**
 * Whether the transcript still waits for this work. Another worker may have taken over unnoticed, found the key finished and said
 * so: then it is a key of the record, and not this worker's to take away.
 */
async function isStillAwaited(acting: Acting, followed: FollowedCeremony, { ckaId }: Task): Promise<boolean> {
  const now = await followed.catchUp();
  await acting.confirmLeadership();
  return now.ok && now.value.steps.some(({ started }) => started?.ckaId === ckaId);
}

/** Writes that nothing was done, after making sure that it is so: what a failed call left behind is taken off the token first. */
async function fail(acting: Acting, followed: FollowedCeremony, task: Task, refusal: OperationRefusal): Promise<Acted> {
  const { step, index, request, ckaId } = task;
  if (effectOf(request) === "creates") {
    const left = await acting.token.lookById(fromHex(ckaId));
    // A whole key that reads back otherwise than ordered was refused, not broken: it stays for people to look at.
    const parts = left.found === "half" ? left.parts : left.found === "complete" && refusal.ckr !== undefined ? halves(left.key) : [];
    if (!(await isStillAwaited(acting, followed, task))) return AGAIN;
    if (parts.length > 0) {
      await noteDestroyed(acting, followed, step, parts);
      // The note is a fence: an outcome that another worker had under way would have come before it, or never comes.
      if (!(await isStillAwaited(acting, followed, task))) return AGAIN;
      await acting.token.destroyById(fromHex(ckaId));
    }
  }
  if (refusal.name === "INTERRUPTED") {
    if (!(await isStillAwaited(acting, followed, task))) return AGAIN;
    await book.find(request.operation)?.undo?.(acting.token, request, task.context);
    for (const token of userPinsSetBy(request)) acting.others.userPinMayHaveChanged(token);
  }
  const fault = { call: refusal.call, name: refusal.name, ckr: refusal.ckr ?? null };
  return writeFailure(acting, followed, { step, index, ckaId, fault });
}

/** What the worker kept until an operation's end was in the transcript is of no use any more. */
function told(acting: Acting, ckaId: string): Acted {
  acting.desk.written(ckaId);
  acting.memory.forgetBegun(ckaId);
  return AGAIN;
}

type Failure = Pick<Task, "step" | "index" | "ckaId"> & { readonly fault: Body<"operation-failed">["fault"] };

async function writeFailure(acting: Acting, followed: FollowedCeremony, { step, index, ckaId, fault }: Failure): Promise<Acted> {
  const written = await appendTruth(acting, followed, "operation-failed", { step, index, fault });
  if (written.ok) return told(acting, ckaId);
  return blocked("block" in written.refusal ? written.refusal.block : { code: written.refusal.refusal.invariant, facts: written.refusal.refusal.facts });
}

const halves = (key: KeyReading): ObjectReading[] => (key.kind === "pair" ? [key.privateKey, key.publicKey] : [key.secretKey]);
