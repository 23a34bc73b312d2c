import { isNoted, pathTemplate, RefusedActs } from "#lib/conduct/refused-acts";
import type { Objection } from "#lib/conduct/objection";
import { writeAudit } from "#lib/store/audit-events";
import { findCeremony } from "#lib/store/ceremonies";
import { isUnreachable } from "#lib/store/store-fault";
import { now } from "../clock";
import { database } from "./database";
import { actorOf } from "./signed-in";

const MINUTE_MS = 60_000;

type Kept = { acts?: RefusedActs; timer?: NodeJS.Timeout | undefined };
/** On globalThis, one per process: see database.ts. Each replica has bounds of its own. */
const kept = ((globalThis as { clavigerRefusedActs?: Kept }).clavigerRefusedActs ??= {});

/** What was asked for, by whom its session is; of an address, its parameters. */
type AskedFor = { readonly request: Request; readonly params: { readonly [name: string]: string | readonly string[] } };

/**
 * Notes that something asked of the interface was refused, before whoever asked is told so. What only reads is no act. Throws when it cannot be
 * noted.
 */
export async function noteRefusedAct({ request, params }: AskedFor, code: Objection["code"]): Promise<void> {
  const { method, headers, url } = request;
  if (method === "GET" || method === "HEAD" || !isNoted(code)) return;
  const actor = await actorOf(headers.get("cookie"));
  const path = pathTemplate(new URL(url).pathname, params);
  const acts = (kept.acts ??= new RefusedActs((event) => writeAudit(database(), event)));
  const ceremony = await ceremonyIn(path, params);
  try {
    await acts.note({ by: actor?.person ?? null, code, method, path, ceremony }, now());
  } finally {
    inAMinute(acts);
  }
}

/** Has told what waits by then, if anything does. */
function inAMinute(acts: RefusedActs): void {
  if (acts.waiting > 0) kept.timer ??= setTimeout(() => void tellLater(), MINUTE_MS).unref();
}

/** An id that somebody made up is none of a ceremony. */
async function ceremonyIn(path: string, { id }: AskedFor["params"]): Promise<string | null> {
  if (typeof id !== "string" || !path.startsWith("/api/ceremonies/[id]")) return null;
  return (await findCeremony(database(), id))?.id ?? null;
}

/** Writes what was counted and has no event yet. */
export const tellRefusedActs = async (): Promise<void> => {
  clearTimeout(kept.timer);
  kept.timer = undefined;
  await kept.acts?.tell();
};

async function tellLater(): Promise<void> {
  try {
    await tellRefusedActs();
  } catch (fault) {
    // It is still counted, and tried again.
    if (kept.acts) inAMinute(kept.acts);
    if (!isUnreachable(fault)) console.error(fault);
  }
}
