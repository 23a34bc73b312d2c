import { currentStep, type Ceremony } from "#lib/ceremony/ceremony";
import type { OperationRequest } from "#lib/ceremony/script";
import { awaitedParts } from "#lib/ceremony/secret-parts";
import type { RoomBook, WorkerView } from "./room";
import { isApproved } from "./room-steps";
import { workOf } from "./room-work";

/** What the worker last said about itself in its health row. */
export type HealthSaid = { readonly state: string; readonly sentence: string; readonly seenAt: string };

/** A worker says something every few seconds; silent for longer than this, it counts as away. */
const SILENT_AFTER_MS = 20_000;

/** What the worker is doing, since when, and how long such a thing usually takes. */
export function workerView(
  ceremony: Ceremony,
  book: RoomBook,
  health: HealthSaid | null,
  record: object | null,
  now: string,
): WorkerView {
  if (record) return { state: "done", sentence: "The record is sealed.", since: null, usually: null };
  const said = healthSentence(health, now);
  if (ceremony.phase === "closed") {
    return {
      state: "sealing",
      sentence: `The worker draws and seals the record. ${said}`.trim(),
      since: ceremony.closed?.at ?? null,
      usually: "This usually takes a few seconds.",
    };
  }
  const state = currentStep(ceremony);
  if (!ceremony.recorder) {
    const waiting = "No worker has joined this ceremony yet: it has to check script, roster and token for itself.";
    return { state: "absent", sentence: `${waiting} ${said}`.trim(), since: ceremony.openedAt, usually: null };
  }
  if (state?.started) {
    const request = state.started.request as OperationRequest;
    const silent = isSilent(health, now) ? ` ${said}` : "";
    return {
      state: "working",
      sentence: `The worker is at the token: ${workOf(request)}.${silent}`,
      since: state.started.at,
      usually: usually(request),
    };
  }
  if (state?.invitation && awaitedParts(state, book).length > 0 && !isSilent(health, now)) {
    const sentence =
      "The worker waits for both parts of each secret. Only this worker can read them, and only until it has used them.";
    return { state: "ready", sentence, since: state.invitation.at, usually: null };
  }
  const asked = state?.step.kind === "operation" && state.status === "open" && isApproved(ceremony, state, book);
  if ((asked && ceremony.phase === "running") || !state || ceremony.phase === "aborted") {
    const what =
      state && ceremony.phase === "running"
        ? "The worker has been asked to begin."
        : "The worker has been asked to close the ceremony.";
    return {
      state: "asked",
      sentence: `${what} ${said}`.trim(),
      since: state?.approvals.at(-1)?.at ?? ceremony.head.at,
      usually: null,
    };
  }
  return {
    state: isSilent(health, now) ? "absent" : "ready",
    sentence: said === "" ? "The worker is ready." : said,
    since: null,
    usually: null,
  };
}

const isSilent = (health: HealthSaid | null, now: string): boolean =>
  health === null || Date.parse(now) - Date.parse(health.seenAt) > SILENT_AFTER_MS;

function healthSentence(health: HealthSaid | null, now: string): string {
  if (!health) return "No worker has reported so far.";
  if (!isSilent(health, now)) return health.sentence;
  return `The worker has been silent since ${health.seenAt.slice(11, 19)} UTC. Nothing is lost: it goes on where it was once it is back.`;
}

/** Measured on a software token; hardware is in the same order of magnitude. */
function usually(request: OperationRequest): string {
  const times: { readonly [algorithm: string]: string } = {
    "RSA-4096": "0.5 to 8 seconds",
    "RSA-3072": "0.2 to 3 seconds",
    "RSA-2048": "0.1 to 1 second",
  };
  const { algorithm } = request;
  const time = request.operation === "generate-key-pair" && typeof algorithm === "string" ? times[algorithm] : undefined;
  return `This usually takes ${time ?? "less than a second"}.`;
}
