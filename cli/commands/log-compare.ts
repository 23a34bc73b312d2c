import { readFileSync } from "node:fs";
import { compareEvents } from "#lib/log/compare-events";
import { readEventFile } from "#lib/log/event-file";
import { NOTHING_FOLLOWED, lookAgain, type LogSource } from "#lib/log/follow";
import type { NoteKey } from "#lib/log/note";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { NotDone, Unusable, type ExitCode } from "./command";
import { LOG_TROUBLES } from "./log-source";

/**
 * `claviger log compare`: whether a file of audit events says what the log says, each event by its own hash. It trusts the log's key and
 * nothing else; the tree is computed of all leaves. Throws NotDone for what differs, with every event named.
 */
export async function compareWithLog(file: string, source: LogSource, key: NoteKey, { isPart }: { readonly isPart: boolean }): Promise<ExitCode> {
  const events = eventsIn(file);
  const leaves: Uint8Array[] = [];
  const seen = await lookAgain(source, { origin: key.name, keys: [key] }, NOTHING_FOLLOWED, webCryptoVerifier, (_, leaf) => leaves.push(leaf));
  if ("trouble" in seen) throw new NotDone(`${LOG_TROUBLES[seen.trouble]} Nothing was compared.`);
  const { changed, notLogged, missing, doubled } = compareEvents(events, leaves);
  const lines = [
    ...changed.map((event) => `✗ event ${event} is not what it was when it was logged`),
    ...notLogged.map((event) => `✗ event ${event} is not in the log`),
    ...doubled.map((event) => `✗ event ${event} is in the file more than once`),
    ...(isPart ? [] : missing.map((event) => `✗ event ${event} is in the log and not in the file`)),
  ];
  for (const line of lines) console.log(line);
  if (lines.length > 0) throw new NotDone(`The file does not say what the log ${key.name} says: ${String(lines.length)} differences.`);
  const whole = isPart ? "" : ", and the log has no other";
  console.log(`Each of ${String(events.length)} events is in the log ${key.name} as the file has it${whole}.`);
  return 0;
}

function eventsIn(file: string): NonNullable<ReturnType<typeof readEventFile>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (fault) {
    throw new Unusable(`${file} cannot be read (${(fault as NodeJS.ErrnoException).code ?? "unreadable"}). Nothing was compared.`);
  }
  const events = readEventFile(text);
  if (!events) throw new Unusable(`${file} is no file of audit events. On the host of the worker that keeps the log: claviger log events`);
  return events;
}
