import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** The next message of a child that is asked one thing at a time. Rejects when it ends instead; `what` says whose end it is. */
export async function answerOf(child: ChildProcess, what: string): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, "exit", { signal }).then(() => {
    throw new Error(`${what} ended`);
  });
  try {
    const [answer] = (await Promise.race([once(child, "message", { signal }), ended])) as [unknown];
    return answer;
  } finally {
    // Whoever waits for the other of the two is told that nobody does any more.
    ended.catch(() => undefined);
    over.abort();
  }
}
