import { ask, type Answer, type Problem } from "../../ask";

export type Act = Readonly<Record<string, unknown>>;
export type Written = { readonly seq: number; readonly hash: string };

/** An act whose answer has not come: whether it was written down is not known. */
export type Unconfirmed = { readonly id: string; readonly act: string; readonly person: string | null; readonly since: string };

/** The codes of an answer that is none: what was sent may have arrived. */
const NO_ANSWER = /^(OFFLINE|HTTP-5\d\d|DATABASE-GONE|FAULT)$/;
const LOOK_AGAIN_MS = 1_500;

type Ways = {
  /** Where acts of this room are sent. */
  readonly path: string;
  /** Hears what is not confirmed, and null when that is known again. */
  readonly unconfirmed: (act: Unconfirmed | null) => void;
  /** What is said of an act of which it is known that it was not written down. */
  readonly notWritten: Problem;
};

/**
 * What was sent and was not written down: sent again it keeps its id, so that a first try that is still on its way cannot make
 * two.
 */
const tried = new Map<string, string>();

/**
 * Sends an act once. When no answer comes, the act is looked up by its own id, as often as it takes, and only then is it said
 * whether it was written down: nothing is ever half-said, and nothing is offered again that may have been said.
 */
export async function sendOnce(act: Act, { path, unconfirmed, notWritten }: Ways): Promise<Answer<Written>> {
  const { hand, ...said } = act as { readonly hand?: { readonly person: string } };
  const content = JSON.stringify([path, said, hand?.person ?? null]);
  const id = tried.get(content) ?? crypto.randomUUID();
  tried.set(content, id);
  const answer = await ask<Written>(path, { ...act, id });
  if (answer.ok || !NO_ANSWER.test(answer.problem.code)) {
    tried.delete(content);
    return answer;
  }
  unconfirmed({ id, act: String(act["act"]), person: hand?.person ?? null, since: new Date().toISOString() });
  const found = await lookUp(path, id, hand?.person ?? null);
  unconfirmed(null);
  if (!found.ok) return found;
  if (!found.value) return { ok: false, problem: notWritten };
  tried.delete(content);
  return { ok: true, value: found.value };
}

/**
 * Asks until there is an answer: the entry that came of the act, or null when none did; a problem when this browser may not
 * know.
 */
export async function lookUp(path: string, id: string, person: string | null): Promise<Answer<Written | null>> {
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
