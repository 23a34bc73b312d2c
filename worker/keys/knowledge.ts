import { readEndorsement } from "#lib/ceremony/read-endorsement";
import { readEntry } from "#lib/ceremony/entry";
import { readRoster } from "#lib/ceremony/read-roster";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import type { Mode } from "#lib/ceremony/roles";
import { CLOCK_TOLERANCE_MS } from "#lib/ceremony/signing-time";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { grantsAt, reachGrant, readGrant, type EndorsedGrant } from "#lib/accounts/grant";
import type { KnownKeys } from "#lib/accounts/decide-use";
import { sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { chainRosters, type ChainedRoster } from "#lib/register/chained-rosters";
import { evidenceOf, type CeremonyEvidence } from "#lib/register/ceremony-evidence";
import { reachKeyChange, readKeyChange, type EndorsedChange } from "#lib/register/key-change";
import { keptRegister } from "#lib/register/kept-register";
import type { EvidenceStore } from "./evidence-store";
import type { SeenEvidence } from "./seen-evidence";

export interface KnowledgeParts {
  readonly store: EvidenceStore;
  readonly verifier: SignatureVerifier;
  readonly seen: SeenEvidence;
  readonly mode: Mode;
  readonly roster: string;
  readonly recorders: ReadonlySet<string>;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

/** What follows from everything that recorders and custodians signed, and when it was asked for. */
export interface Known {
  readonly at: string;
  readonly keys: KnownKeys;
  readonly grants: ReadonlyMap<string, EndorsedGrant>;
}

/** The roster that the configuration names is not to be found: nobody can be asked whom to believe. */
export class RosterMissing extends Error {
  override readonly name = "RosterMissing";
}

interface Transcript {
  /** How many entries of it were looked at. */
  readonly length: number;
  readonly evidence: CeremonyEvidence | null;
}

/** What has been proved of a paper stays proved: bytes and signatures do not change. Only what is not proved yet is asked again. */
interface Proved {
  readonly changes: Map<string, EndorsedChange>;
  readonly grants: Map<string, EndorsedGrant>;
}

/**
 * What the key process believes: keys and their states made anew from transcripts that are decided again, grants from signatures
 * that are verified here, against the roster and the recorders its configuration names. No row of any table is taken for true.
 */
export class Knowledge {
  readonly #parts: KnowledgeParts;
  readonly #transcripts = new Map<string, Transcript>();
  readonly #proved: Proved = { changes: new Map(), grants: new Map() };
  /** With hundreds of keys it takes a third of a second to make: nobody waits so long every two seconds for what has not changed. */
  readonly #register = keptRegister();

  constructor(parts: KnowledgeParts) {
    this.#parts = parts;
  }

  /** Throws `EvidenceWithheld` when something that was seen is gone, `RosterMissing`, and when the database is not there. */
  async learn(): Promise<Known> {
    const { mode, seen, now } = this.#parts;
    const at = now().toISOString();
    const evidence = await this.#evidence();
    const chain = await this.#prove();
    const { changes, grants } = this.#proved;
    seen.hold({
      outcomes: Object.fromEntries(
        evidence.flatMap(({ ceremony, outcomes }) => {
          const last = outcomes.at(-1);
          return last ? [[ceremony, { seq: last.ref.seq, entry: last.ref.entry }] as const] : [];
        }),
      ),
      papers: [...changes.keys(), ...grants.keys()],
      rosters: chain.map(({ roster }) => ({ version: roster.version, hash: rosterHash(roster) })),
    });
    const { keys } = this.#register(evidence, [...changes.values()], mode, at);
    return { at, keys: new Map(keys.map((key) => [key.key, key])), grants: grantsAt([...grants.values()], mode, at) };
  }

  async #evidence(): Promise<readonly CeremonyEvidence[]> {
    const { store } = this.#parts;
    for (const { ceremony, seq } of await store.heads()) {
      const before = this.#transcripts.get(ceremony);
      if (before && before.length > seq) continue;
      const more = await store.entries(ceremony, before?.length ?? 0);
      const length = (before?.length ?? 0) + more.length;
      // A whole ceremony is decided again only when there is a new outcome in it: it is a second's work.
      const fresh = more.some(isOutcome);
      const evidence = fresh ? await this.#decided(ceremony, before ? await store.entries(ceremony, 0) : more) : (before?.evidence ?? null);
      this.#transcripts.set(ceremony, { length, evidence });
    }
    return [...this.#transcripts.values()].flatMap(({ evidence }) => evidence ?? []);
  }

  /**
   * What a transcript says up to the first entry that the rules refuse: whoever may append an entry must not take back by a bad one what
   * stands before it. Null for one of a recorder that is not trusted: it is evidence of nothing.
   */
  async #decided(ceremony: string, entries: readonly Uint8Array[]): Promise<CeremonyEvidence | null> {
    const { verifier, recorders, say } = this.#parts;
    const decided = await evidenceOf(verifier, book, entries, recorders);
    if (decided.ok) return decided.value;
    const { seq } = decided.refusal.facts;
    if (typeof seq !== "number" || seq <= 0) return null;
    say(`the rules refuse entry ${String(seq)} of the ceremony ${ceremony} (${decided.refusal.invariant}): nothing from there on counts`);
    const before = await evidenceOf(verifier, book, entries.slice(0, seq), recorders);
    return before.ok ? before.value : null;
  }

  /**
   * Proves what is not proved yet; answers the rosters that follow from the trusted one by now. Signatures may be ahead of this clock by as
   * much as clocks may be apart, those under rosters too: where a clock is set back, nothing that was seen is gone.
   */
  async #prove(): Promise<readonly ChainedRoster[]> {
    const { store, verifier, mode, now } = this.#parts;
    const until = new Date(now().getTime() + CLOCK_TOLERANCE_MS).toISOString();
    const endorsements = async (document: string) => (await store.endorsements(document)).flatMap((bytes) => readEndorsement(bytes) ?? []);
    const published = (await store.rosters(mode)).flatMap((bytes) => readRoster(bytes) ?? []);
    const chain = await chainRosters(verifier, this.#trusted(published), published, endorsements, until);
    for (const bytes of await store.papers("key-state")) {
      const hash = sha256Hex(bytes);
      const change = this.#proved.changes.has(hash) ? null : readKeyChange(bytes);
      const reached = change && (await reachKeyChange(verifier, change, chain, await endorsements(hash), until));
      if (reached?.ok) this.#proved.changes.set(hash, reached.value);
    }
    for (const bytes of await store.papers("grant")) {
      const hash = sha256Hex(bytes);
      const grant = this.#proved.grants.has(hash) ? null : readGrant(bytes);
      const reached = grant && (await reachGrant(verifier, grant, chain, await endorsements(hash), until));
      if (reached?.ok) this.#proved.grants.set(hash, reached.value);
    }
    return chain;
  }

  #trusted(published: readonly Roster[]): Roster {
    const { roster, mode } = this.#parts;
    const trusted = published.find((one) => one.mode === mode && rosterHash(one) === roster);
    if (!trusted) throw new RosterMissing(`no roster with the hash ${roster} has been published for ${mode}`);
    return trusted;
  }
}

function isOutcome(bytes: Uint8Array): boolean {
  const read = readEntry(bytes);
  return read.ok && read.value.entry.kind === "operation-done";
}
