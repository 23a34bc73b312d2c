import type { Room } from "#lib/conduct/append-entry";
import type { EvidenceShelf } from "#lib/conduct/keep-file";
import type { NotebookStore } from "#lib/conduct/notebook";
import type { PeoplePorts } from "#lib/conduct/people-ports";
import type { Mode } from "#lib/ceremony/roles";
import { told } from "#lib/ceremony/told";
import type { RosterShelf } from "#lib/conduct/publish-roster";
import type { ReadScript, ScriptShelf } from "#lib/conduct/publish-script";
import { Transcripts } from "#lib/conduct/transcript";
import { LiveBus } from "#lib/live/live-bus";
import { book } from "#lib/operations/book";
import { canDraw } from "#lib/pdf/typefaces";
import { undrawableIn } from "#lib/pdf/undrawable-texts";
import { refuse } from "#lib/result";
import { readScript } from "#lib/script-source/read-script";
import { clientAddress } from "#lib/session/client-address";
import { findReceipt } from "#lib/store/act-receipts";
import { summaryOf } from "#lib/store/ceremonies";
import { appendEntry, readEntries } from "#lib/store/entries";
import { findEvidenceFile, heldFiles, keepEvidenceFile } from "#lib/store/evidence-files";
import { keepPage, readPages } from "#lib/store/notebooks";
import { peopleStore } from "#lib/store/people-store";
import { keepRoster, latestVersion } from "#lib/store/rosters";
import { findEditions, keepScript } from "#lib/store/scripts";
import { findSession } from "#lib/store/sessions";
import { isUnreachable } from "#lib/store/store-fault";
import { watchEntries } from "#lib/store/watch-entries";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { env } from "../env";
import { closeDatabase, database } from "./database";
import { peoplePortsOf, world } from "./people-ports";
import { inForce } from "./rosters";

type Parts = { bus?: LiveBus; transcripts?: Transcripts };
/** On globalThis, one per process: see database.ts. */
const parts = ((globalThis as { clavigerParts?: Parts }).clavigerParts ??= {});

/** Every open page of this process hears from one connection. */
export const liveBus = (): LiveBus => (parts.bus ??= new LiveBus((onChange) => watchEntries(env().DATABASE_URL, onChange)));

/** What the verbs of a ceremony's room stand on. */
export function roomPorts(): Room {
  const store: Room["store"] = {
    readEntries: (ceremony, fromSeq) => readEntries(database(), ceremony, fromSeq),
    append: (entry, after) => appendEntry(database(), entry, summaryOf(after)),
  };
  const ports = { store, verifier: webCryptoVerifier, book, world };
  return { ...ports, transcripts: (parts.transcripts ??= new Transcripts(ports)) };
}

/** The same for one act that has an id of its own: the store keeps which entry came of it. */
export function roomPortsFor(act: string | undefined): Room {
  const room = roomPorts();
  if (act === undefined) return room;
  const append: Room["store"]["append"] = (entry, after) => room.store.append({ ...entry, act }, after);
  return { ...room, store: { ...room.store, append } };
}

/** The entry that came of a person's act, by the act's own id; null when none did. */
export const receiptOf = (ceremony: string, person: string, act: string) => findReceipt(database(), ceremony, person, act);

/** Where the bytes of evidence are kept. */
export const evidenceShelf = (): EvidenceShelf => ({
  keep: (file) => keepEvidenceFile(database(), file),
  held: (ceremony) => heldFiles(database(), ceremony),
});

/** The bytes of a file that is evidence, or null when they are not kept here. */
export const evidenceBytes = (ceremony: string, sha256: string) => findEvidenceFile(database(), ceremony, sha256);

/** What the verbs about people and access stand on. */
export const peoplePorts = (): PeoplePorts => peoplePortsOf(database(), env());

/** Where witnesses' notebooks are kept. */
export const notebookStore = (): NotebookStore => ({
  pagesOf: (ceremony, person) => readPages(database(), ceremony, person),
  keep: (ceremony, person, page) => keepPage(database(), ceremony, person, page),
});

export const rosterShelf = (): RosterShelf => ({
  latest: (mode) => latestVersion(database(), mode),
  inForce: (mode) => inForce(mode),
  keep: (roster) => keepRoster(database(), roster),
});

export const scriptShelf = (): ScriptShelf => ({
  keep: (script) => keepScript(database(), script),
  editions: (script) => findEditions(database(), script),
});

/** Reads a script, and looks whether its record could be printed in the end. */
export const scriptReader: ReadScript = (yaml, file) => {
  const read = readScript(yaml, file, book);
  const missing = read.ok ? undrawableIn(read.value.script) : [];
  if (missing.length === 0) return read;
  const lines = yaml.split("\n");
  const lineOf = (name: string) => lines.findIndex((line) => canDraw(line).includes(name)) + 1;
  const { text: remedy } = told`Write the word without it.`;
  return refuse(missing.map((name) => ({ line: lineOf(name), said: told`No record could print the character ${name}.`, remedy })));
};

/** The address a request came from, as far as it can be known. */
export const addressOf = (forwardedFor: string | null): string => clientAddress(forwardedFor, env().TRUSTED_PROXIES);

/** The mode of the rosters published here. */
export const modeOf = (): Mode => env().CLAVIGER_MODE;

/** The other sign-in, where one is configured; env.ts has checked that its three variables go together. */
export function singleSignOn(): { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env();
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : null;
}

/** Ends a session whose cookie was just handed back. */
export async function endSession(id: string): Promise<void> {
  const session = await findSession(database(), id, now());
  if (!session) return;
  const { person } = session;
  await peopleStore(database()).revokeSession(person, id, {
    kind: "session-revoked",
    by: person,
    facts: { person, how: "signed out" },
  });
}

/** The one origin whose pages may ask for anything to be done. */
export const originOf = (): string => env().APP_ORIGIN;

export const isDatabaseGone = isUnreachable;

/** Lets everything go, so that the process can end: open streams first. */
export async function shutDown(): Promise<void> {
  await parts.bus?.close();
  await closeDatabase();
}
