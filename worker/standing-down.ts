import { TokenFault } from "#lib/token/fault";
import type { WorkerStore } from "./store-port";

/** For a supervisor: starting again without a person's help would do harm or nothing (sysexits: EX_CONFIG). */
export const NEEDS_A_PERSON = 78;

/** Another worker may have taken over: stop before the next call to the token. */
export class LeadershipLost extends Error {
  override readonly name = "LeadershipLost";
}

/** The worker cannot go on without a person; why, its health has said. */
export class Helpless extends Error {}

/** Whether a fault is of the worker's own grounds, and so of the whole round; any other is of what was being done. */
export const passesOn =
  ({ isGone }: Pick<WorkerStore, "isGone">) =>
  (fault: unknown): boolean =>
    fault instanceof LeadershipLost || fault instanceof Helpless || fault instanceof TokenFault || isGone(fault);
