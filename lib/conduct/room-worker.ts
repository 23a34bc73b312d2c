import { currentStep, type Ceremony } from "#lib/ceremony/ceremony";
import type { OperationRequest } from "#lib/ceremony/script";
import { awaitedParts } from "#lib/ceremony/secret-parts";
import type { Words } from "#lib/words/words";
import { healthInWords, type HealthSaid } from "./health-sentence";
import type { RoomBook, WorkerView } from "./room";
import { isApproved } from "./room-steps";
import { workOf } from "./room-work";

/** A worker says something every few seconds; silent for longer than this, it counts as away. */
const SILENT_AFTER_MS = 20_000;

/** What the worker is doing, since when, and how long such a thing usually takes. */
export function workerView(
  ceremony: Ceremony,
  book: RoomBook,
  health: HealthSaid | null,
  record: object | null,
  now: string,
  words: Words,
): WorkerView {
  const say = words.of("room");
  if (record) return { state: "done", sentence: say("worker.sealed"), since: null, usually: null };
  const said = healthSentence(health, now, words);
  if (ceremony.phase === "closed") {
    return {
      state: "sealing",
      sentence: `${say("worker.sealing")} ${said}`.trim(),
      since: ceremony.closed?.at ?? null,
      usually: say("worker.seconds"),
    };
  }
  const state = currentStep(ceremony);
  if (!ceremony.recorder) {
    const waiting = say("worker.notJoined");
    return { state: "absent", sentence: `${waiting} ${said}`.trim(), since: ceremony.openedAt, usually: null };
  }
  if (state?.started) {
    const request = state.started.request as OperationRequest;
    const silent = isSilent(health, now) ? ` ${said}` : "";
    return {
      state: "working",
      sentence: `${say("worker.atToken", { work: workOf(request, book, words) })}${silent}`,
      since: state.started.at,
      usually: usually(request, book, words),
    };
  }
  if (state?.invitation && awaitedParts(state, book).length > 0 && !isSilent(health, now)) {
    const sentence =
      say("worker.waitsForParts");
    return { state: "ready", sentence, since: state.invitation.at, usually: null };
  }
  const asked = state?.step.kind === "operation" && state.status === "open" && isApproved(ceremony, state, book);
  if ((asked && ceremony.phase === "running") || !state || ceremony.phase === "aborted") {
    const what =
      state && ceremony.phase === "running"
        ? say("worker.askedToBegin")
        : say("worker.askedToClose");
    return {
      state: "asked",
      sentence: `${what} ${said}`.trim(),
      since: state?.approvals.at(-1)?.at ?? ceremony.head.at,
      usually: null,
    };
  }
  return {
    state: isSilent(health, now) ? "absent" : "ready",
    sentence: said === "" ? say("worker.ready") : said,
    since: null,
    usually: null,
  };
}

const isSilent = (health: HealthSaid | null, now: string): boolean =>
  health === null || Date.parse(now) - Date.parse(health.seenAt) > SILENT_AFTER_MS;

function healthSentence(health: HealthSaid | null, now: string, words: Words): string {
  const say = words.of("room");
  if (!health) return say("worker.never");
  if (!isSilent(health, now)) return healthInWords(health, words);
  return say("worker.silent", { time: health.seenAt.slice(11, 19) });
}

/** Measured on a software token; hardware is in the same order of magnitude. */
function usually(request: OperationRequest, book: RoomBook, words: Words): string {
  const say = words.of("room");
  const { algorithm } = request as { readonly algorithm?: unknown };
  const key = `worker.usually.${typeof algorithm === "string" ? algorithm : "other"}` as "worker.usually.RSA-4096";
  return book.find(request.operation)?.makes(request).length && say.has(key) ? say(key) : say("worker.usually.other");
}
