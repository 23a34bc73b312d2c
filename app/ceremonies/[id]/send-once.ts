import { ask, type Answer, type Problem } from "../../ask";
import { contentOf, type SentAct, type SentActs, type Unconfirmed } from "./sent-acts";
import type { Typed } from "./use-draft";

export type Act = Readonly<Record<string, unknown>>;
export type Written = { readonly seq: number; readonly hash: string };

/** The codes of an answer that is none: what was sent may have arrived. */
const NO_ANSWER = /^(OFFLINE|HTTP-5\d\d|DATABASE-GONE|FAULT)$/;
const LOOK_AGAIN_MS = 1_500;

/** What was sent and is not there so long after it was sent has not arrived. */
const ARRIVED_MS = 5_000;

type Ways = {
  /** Where acts of this room are sent. */
  readonly path: string;
  /** Where it is kept what was sent, until its answer is there. */
  readonly acts: SentActs;
  /** Hears what is not confirmed, and null when that is known again. */
  readonly unconfirmed: (act: Unconfirmed | null) => void;
  /** What is said of an act of which it is known that it was not written down. */
  readonly notWritten: Problem;
};

/**
 * Sends an act once. It is kept with its id before it leaves, so that a page loaded again knows of it. When no answer comes, the
 * act is looked up by its own id, as often as it takes, and only then is it said whether it was written down: nothing is ever
 * half-said, and nothing is offered again that may have been said.
 */
export async function sendOnce(act: Act, typed: Typed, { path, acts, unconfirmed, notWritten }: Ways): Promise<Answer<Written>> {
  const { hand, ...said } = act as { readonly hand?: { readonly person: string } };
  const person = hand?.person ?? null;
  const content = contentOf(said, person);
  const before = acts.tried(content);
  const id = before?.id ?? crypto.randomUUID();
  const sent: SentAct = { id, act: String(act["act"]), person, since: new Date().toISOString(), content, typed, told: false };
  acts.note(sent);
  const answer = await ask<Written>(path, { ...act, id });
  if (answer.ok || !NO_ANSWER.test(answer.problem.code)) {
    // A refusal of this try says nothing certain of an earlier one: signed out meanwhile, for one.
    if (before && !answer.ok) acts.note(before);
    else acts.forget(id);
    return answer;
  }
  unconfirmed(sent);
  const found = await whatCameOf(path, sent);
  unconfirmed(null);
  if (!found.ok) return found;
  if (!found.value) {
    acts.note({ ...sent, told: true });
    return { ok: false, problem: notWritten };
  }
  acts.forget(id);
  return { ok: true, value: found.value };
}

/** The entry that came of what was sent, or null when it has had time to arrive and none did; a problem as `lookUp`. */
export async function whatCameOf(path: string, { id, person, since }: Unconfirmed): Promise<Answer<Written | null>> {
  for (;;) {
    const found = await lookUp(path, id, person);
    if (!found.ok || found.value || Math.abs(Date.now() - Date.parse(since)) >= ARRIVED_MS) return found;
    await new Promise<void>((again) => setTimeout(again, LOOK_AGAIN_MS));
  }
}

/**
 * Asks until there is an answer: the entry that came of the act, or null when none did; a problem when this browser may not
 * know.
 */
async function lookUp(path: string, id: string, person: string | null): Promise<Answer<Written | null>> {
  const whose = person === null ? "" : `?person=${encodeURIComponent(person)}`;
  for (;;) {
    const found = await ask<Written | null>(`${path}/${id}${whose}`);
    if (found.ok || !NO_ANSWER.test(found.problem.code)) return found;
    await new Promise<void>((again) => {
      const timer = setTimeout(again, LOOK_AGAIN_MS);
      const back = () => {
        clearTimeout(timer);
        again();
      };
      window.addEventListener("online", back, { once: true });
    });
  }
}
