import { readEndorsement } from "#lib/ceremony/read-endorsement";
import type { Roster } from "#lib/ceremony/roster";
import { Identifier } from "#lib/ceremony/roster.schema";
import { CLOCK_TOLERANCE_MS } from "#lib/ceremony/signing-time";
import { sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { evidenceOf, type CeremonyEvidence } from "#lib/register/ceremony-evidence";
import { chainRosters, type ChainedRoster } from "#lib/register/chained-rosters";
import { reachKeyChange, readKeyChange, type EndorsedChange } from "#lib/register/key-change";
import { registerFrom } from "#lib/register/register-from";
import type { Register } from "#lib/register/registered-key";
import type { Acting } from "./acting";
import type { WatchStore } from "./watches-tokens";

type Reading = Pick<Acting, "store" | "memory" | "recorder" | "verifier" | "mode" | "now">;
type Read = { readonly entries: number; readonly evidence: CeremonyEvidence | null };

/**
 * The register as this worker makes it: of outcomes that its own recorder signed, and changes that quorums of the rosters in its own
 * memory endorsed. What was decided once is kept, as long as the transcript is as long as it was.
 */
export class KeyRegister {
  readonly #read = new Map<string, Read>();

  /** Reads on until `until` (milliseconds); false where there is more, so that no ceremony waits for it. */
  async gather({ memory, recorder, verifier, now }: Reading, store: WatchStore, until: number): Promise<boolean> {
    const recorders = new Set([sha256Hex(recorder.spki)]);
    for (const id of await store.ceremonies()) {
      if (!Identifier.safeParse(id).success) continue;
      const known = this.#read.get(id);
      const head = memory.head(id);
      // Read while it was open, and closed since: there is more of it.
      if (known && head?.closed === true && known.entries > head.seq) continue;
      if (known && (await store.transcript(id, known.entries)).length === 0) continue;
      if (now().getTime() >= until) return false;
      const transcript = await store.transcript(id, 0);
      const decided = await evidenceOf(verifier, book, transcript, recorders);
      this.#read.set(id, { entries: transcript.length, evidence: decided.ok ? decided.value : null });
    }
    return true;
  }

  /** What was gathered, with the changes that count by now. */
  async at(reading: Reading, changes: WatchStore["changes"], at: string): Promise<Register> {
    const { store, verifier, mode, now } = reading;
    const until = new Date(now().getTime() + CLOCK_TOLERANCE_MS).toISOString();
    const endorsements = async (document: string) =>
      (await store.endorsements(document)).flatMap((bytes) => readEndorsement(bytes) ?? []);
    const chain = await chainOf(reading, endorsements, until);
    const endorsed: EndorsedChange[] = [];
    for (const bytes of await changes()) {
      const change = readKeyChange(bytes);
      const reached = change && (await reachKeyChange(verifier, change, chain, await endorsements(sha256Hex(bytes)), until));
      if (reached?.ok) endorsed.push(reached.value);
    }
    return registerFrom([...this.#read.values()].flatMap(({ evidence }) => evidence ?? []), endorsed, mode, at);
  }
}

type Endorsements = Parameters<typeof chainRosters>[3];

/** The rosters that this worker trusts, from its first one on, and from the newest where somebody trusted that at the console. */
async function chainOf(
  { memory, recorder, verifier, mode }: Reading,
  endorsements: Endorsements,
  until: string,
): Promise<readonly ChainedRoster[]> {
  const read = await Promise.all(memory.pinnedHashes().map((hash) => memory.pinnedRoster(hash, recorder.spki, verifier)));
  const pinned: Roster[] = read.flatMap((one) => (one?.roster.mode === mode ? [one.roster] : [])).sort((a, b) => a.version - b.version);
  const [first, newest] = [pinned[0], pinned.at(-1)];
  if (!first || !newest) return [];
  const chain = await chainRosters(verifier, first, pinned, endorsements, until);
  const follows = chain.some(({ roster }) => roster.version === newest.version);
  return follows ? chain : [...chain, ...(await chainRosters(verifier, newest, pinned, endorsements, until))];
}
