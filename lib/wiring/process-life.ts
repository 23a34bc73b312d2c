import { noteSockets } from "#lib/session/client-address";
import { env } from "../env";
import { shutDown } from "./parts";
import { beginNoting, endNoting } from "./configuration";
import { beginDrafting, endDrafting } from "./drafting";
import { beginPost, endPost } from "./post";
import { tellRefusedActs } from "./refused-acts";

/** As the worker: only a person can help (EX_CONFIG of sysexits.h). */
const NEEDS_A_PERSON = 78;

/** Checks the environment and ends the process when it is not as it must be; lets everything go when asked to end. */
export function begin(): void {
  try {
    env();
  } catch (problem) {
    // Next would note what is thrown here and stay, answering every request with an error.
    console.error(problem instanceof Error ? problem.message : problem);
    process.exit(NEEDS_A_PERSON);
  }
  noteSockets();
  beginPost();
  beginDrafting();
  beginNoting();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end());
}

async function end(): Promise<void> {
  endPost();
  endDrafting();
  await Promise.all([tellRefusedActs().catch(console.error), endNoting()]);
  await shutDown();
}
