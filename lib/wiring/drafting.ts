import { isUnreachable } from "#lib/store/store-fault";
import { register } from "./register";

const FIRST_MS = 60_000;
const LOOK_MS = 10 * 60_000;

/** On globalThis, one per process: see database.ts. */
const running = ((globalThis as { clavigerDrafting?: { end?: () => void } }).clavigerDrafting ??= {});

/** Looks at the register now and then, until `endDrafting`: ceremonies are drafted although nobody looks at a page of keys. */
export function beginDrafting(): void {
  if (running.end) return;
  let ended = false;
  let timer: NodeJS.Timeout;
  const round = async () => {
    try {
      await register();
    } catch (fault) {
      // While the database is away nothing is lost and nothing can be done; the next round looks again.
      if (!isUnreachable(fault)) console.error(fault);
    }
    if (!ended) timer = setTimeout(() => void round(), LOOK_MS).unref();
  };
  timer = setTimeout(() => void round(), FIRST_MS).unref();
  running.end = () => {
    ended = true;
    clearTimeout(timer);
    delete running.end;
  };
}

export const endDrafting = (): void => running.end?.();
