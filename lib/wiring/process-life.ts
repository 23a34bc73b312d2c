import { noteSockets } from "#lib/session/client-address";
import { env } from "../env";
import { shutDown } from "./parts";

/** Checks the environment, throwing when it is not as it must be, and lets everything go when the process is asked to end. */
export function begin(): void {
  env();
  noteSockets();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void shutDown());
}
