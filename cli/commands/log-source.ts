import type { LogSource, LogTrouble } from "#lib/log/follow";
import { NotDone } from "./command";

/** A log that begins an answer and never ends it silences nobody. */
const PATIENCE_MS = 60_000;

/** A log's files over HTTP. 404 is nothing there; any other answer than 200 within a minute is a fault, and nothing was compared. */
export function sourceAt(url: string, patience = PATIENCE_MS): LogSource {
  const prefix = url.replace(/\/+$/, "");
  return async (file) => {
    const away = (fault: unknown): never => {
      throw new NotDone(`${prefix} cannot be reached (${fault instanceof Error ? fault.message : "no answer"}). Nothing was compared.`);
    };
    const asked = { headers: { "user-agent": "claviger-monitor" }, signal: AbortSignal.timeout(patience) };
    const answer = await fetch(`${prefix}/${file}`, asked).catch(away);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new NotDone(`${prefix}/${file} answers ${String(answer.status)}. Nothing was compared.`);
    return new Uint8Array(await answer.arrayBuffer().catch(away));
  };
}

/** What is wrong with a log, in a sentence. */
export const LOG_TROUBLES: Readonly<Record<LogTrouble["trouble"], string>> = {
  forked: "THE LOG FORKED: it signed a tree in which what was read here before is not what it was.",
  "rolled-back": "THE LOG WAS ROLLED BACK: it shows fewer leaves than it had.",
  unreadable: "The log signed leaves that it does not serve.",
  "no-checkpoint": "There is no checkpoint at this address.",
  "not-a-checkpoint": "What is served as a checkpoint is none.",
  "other-origin": "The checkpoint is of another log than the key.",
  "no-known-key": "The checkpoint is not signed with this key.",
  "bad-signature": "The signature of the checkpoint does not hold.",
};
