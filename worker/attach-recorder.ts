import { base64url, sameBytes, fromBase64url } from "#lib/log/digest";
import { otherTokensOf } from "#lib/ceremony/admit-worker";
import type { Ceremony } from "#lib/ceremony/ceremony";
import type { Body } from "#lib/ceremony/entry";
import { NO_SERIAL } from "#lib/ceremony/operation";
import { whyNotReady } from "#lib/ceremony/readiness";
import { operationsOf, stepsOf, type OperationRequest } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import { undrawableIn } from "#lib/pdf/undrawable-texts";
import { ok, refuse, type Result } from "#lib/result";
import { append, AGAIN, blocked, type Acted, type Acting } from "./acting";
import type { Block, FollowedCeremony } from "./followed-ceremony";
import { organisationChain } from "./organisation-chain";

/**
 * What this worker must find to be so before it has anything to do with a ceremony: its mode, and its roster pinned here and
 * not overtaken by a newer one. The rest (script, hashes, cast) the rule book has judged already. Asked again before every act,
 * because trust can be taken back.
 */
export async function whyNot(acting: Acting, ceremony: Ceremony): Promise<Block | null> {
  const { mode, rosterHash, recorder } = ceremony;
  if (acting.mode !== mode) return { code: "MODE-ACCEPTED", facts: { mode } };
  const pinned = await acting.memory.pinnedRoster(rosterHash, acting.recorder.spki, acting.verifier);
  if (!pinned || pinned.roster.mode !== mode) return { code: "ROSTER-PINNED", facts: { roster: rosterHash } };
  if (!recorder) {
    const missing = undrawableIn([ceremony.title, ceremony.script]);
    if (missing.length > 0) return { code: "SCRIPT-SOUND", facts: { seq: 0, problem: `no record could print ${missing.join(", ")}` } };
    const unready = ceremony.participants.flatMap(({ person, role }) =>
      role === "custodian" ? (whyNotReady(ceremony, person, acting.now().toISOString()) ?? []) : [],
    )[0];
    // By this worker's own clock: an opening that was dated back has no older tests and acceptances count.
    if (unready) return { code: unready.invariant, facts: { ...unready.facts, seq: 0 } };
    // Once attached, a ceremony keeps the roster it began with: who agrees to an operation is held against the newest one then.
    const newest = (await acting.memory.newestPinned(mode, acting.recorder.spki, acting.verifier))?.roster.version ?? 0;
    if (pinned.roster.version < newest) return { code: "ROSTER-NEWEST", facts: { version: pinned.roster.version, newest } };
  }
  if (recorder && !isMine(acting, recorder.recorder)) return { code: "RECORDER-MINE", facts: {} };
  return null;
}

function isMine({ recorder }: Acting, { spki, certificate }: { spki: string; certificate: string }): boolean {
  return sameBytes(fromBase64url(spki), recorder.spki) && sameBytes(fromBase64url(certificate), recorder.certificate);
}

/** Binds a ceremony to this worker's token and recorder key: the first thing the worker writes, and only after it has checked. */
export async function attachRecorder(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony): Promise<Acted> {
  const others = await othersOf(acting, ceremony);
  if (!others.ok) return blocked(others.refusal);
  const { label, manufacturer, model, serial, hardwareVersion, firmwareVersion } = await acting.token.info();
  const { spki, certificate } = acting.recorder;
  const chain = await organisationChain(acting.memory, acting.organisation, spki, acting.now(), acting.verifier);
  const attached = await append(acting, followed, "recorder-attached", {
    scriptHash: ceremony.scriptHash,
    rosterHash: ceremony.rosterHash,
    token: { label, manufacturer, model, serial, hardware: hardwareVersion, firmware: firmwareVersion },
    ...(others.value.length > 0 ? { others: others.value } : {}),
    recorder: { spki: base64url(spki), certificate: base64url(certificate), ...(chain && { chain: chain.map(base64url) }) },
    software: acting.software,
  });
  // Refused: the room was stopped or ended before the recorder came.
  return attached.ok ? AGAIN : blocked({ code: attached.refusal.invariant, facts: attached.refusal.facts });
}

/** Every other token that the script works on, as it stands there now; blocked while one of them is missing. */
async function othersOf(acting: Acting, ceremony: Ceremony): Promise<Result<NonNullable<Body<"recorder-attached">["others"]>, Block>> {
  const found: NonNullable<Body<"recorder-attached">["others"]> = [];
  for (const name of otherTokensOf(ceremony.script, book)) {
    const requests = stepsOf(ceremony.script).flatMap(operationsOf).filter((request) => book.find(request.operation)?.tokens?.(request).includes(name));
    const unable = whyUnable(acting, name, requests);
    if (unable) return refuse(unable);
    const isPinEntered = requests.some((request) => book.find(request.operation)?.secrets?.(request).some(({ pinOf }) => pinOf === name));
    const there = await acting.others.look(name, isPinEntered ? null : ceremony.id);
    if (there.ok) {
      const { label, model, serial } = there.value;
      found.push({ name, label, model, serial });
      continue;
    }
    // The first thing that is done with it is to make it: there is a slot for it, and no token to be announced.
    const first = requests[0];
    if (!first || book.find(first.operation)?.renews !== true) return there;
    const slot = await acting.others.lookForSlot(name);
    if (!slot.ok) return there;
    found.push({ name, label: "", model: slot.value.model, serial: NO_SERIAL });
  }
  return ok(found);
}

/** What a script asks of a token that its module cannot do is said before anybody is in the room. */
function whyUnable({ others }: Acting, name: string, requests: readonly OperationRequest[]): Block | null {
  for (const request of requests) {
    const operation = book.find(request.operation);
    const why = operation && others.isListed(name) ? others.unable(name, request, operation) : null;
    if (why !== null) return { code: "OTHER-TOKEN-UNABLE", facts: { name, operation: request.operation, why } };
  }
  return null;
}
