import { join } from "node:path";
import { z } from "zod";
import { canonicalText, parseCanonical } from "#lib/log/canonical";
import { findFile, isOpenToAll, putFile } from "../own-files";

const Seen = z.strictObject({
  /** By ceremony: the hash of the entry with the last outcome that was seen there, and its place. */
  outcomes: z.record(z.string(), z.strictObject({ seq: z.int().min(0), entry: z.string() })),
  /** Hashes of the endorsed changes and grants that were seen. */
  papers: z.array(z.string()),
  /** The rosters that follow from the trusted one, the oldest first; none in a memory of before there was this member. */
  rosters: z.array(z.strictObject({ version: z.int().min(1), hash: z.string() })).default([]),
});
export type Seen = z.infer<typeof Seen>;

const Shares = z.record(z.string(), z.int().min(0));

/** Something that was here is not here any more, or the memory of it is damaged: a person must look. */
export class EvidenceWithheld extends Error {
  override readonly name = "EvidenceWithheld";
}

/**
 * What the process has seen and acted on, on its own disk: a suspension, the grant that takes another's place, or the roster by which
 * a custodian lost that right, must not be kept back once it was here, by whoever owns the database.
 */
export class SeenEvidence {
  readonly #folder: string;
  readonly #path: string;
  readonly #pinRefused: string;
  readonly #started: string;
  readonly #shares: string;
  #last: string | null = null;

  /** Throws `EvidenceWithheld` for a folder that anybody on this host may write to. */
  constructor(folder: string) {
    if (isOpenToAll(folder)) throw new EvidenceWithheld(`everybody on this host may write to ${folder}: chmod o-w ${folder}`);
    this.#folder = folder;
    this.#path = join(folder, "seen-evidence.json");
    this.#pinRefused = join(folder, "pin-refused");
    this.#started = join(folder, "started");
    this.#shares = join(folder, "encryption-shares.json");
  }

  /** Throws `EvidenceWithheld` when something that was seen before is not among what is there now; else remembers all of it. */
  hold(now: Seen): void {
    const before = this.#read();
    for (const [ceremony, { seq, entry }] of Object.entries(before.outcomes)) {
      const found = now.outcomes[ceremony];
      if (!found || found.seq < seq || (found.seq === seq && found.entry !== entry)) {
        throw new EvidenceWithheld(`an outcome of the ceremony ${ceremony} was seen before and is not there any more`);
      }
    }
    const papers = new Set(now.papers);
    const missing = before.papers.find((hash) => !papers.has(hash));
    if (missing !== undefined) throw new EvidenceWithheld(`the paper ${missing} was seen before and is not there any more`);
    holdRosters(before.rosters, now.rosters);
    const text = canonicalText({ outcomes: now.outcomes, papers: [...papers].sort(), rosters: now.rosters });
    if (text === this.#last) return;
    putFile(this.#path, text);
    this.#last = text;
  }

  /** Throws where nothing can be remembered: a refusal of the PIN has to be. */
  assertWritable(): void {
    putFile(this.#started, "");
  }

  /**
   * Set at the first refusal of the PIN, so that a supervisor that starts the process again does not lock the token. `pin` tells one
   * PIN from the next without saying anything of it: one that was put right is tried.
   */
  wasPinRefused(pin: string): boolean {
    const noted = findFile(this.#pinRefused);
    return noted !== null && new TextDecoder().decode(noted) === `${pin}\n`;
  }

  notePinRefused(pin: string): void {
    putFile(this.#pinRefused, `${pin}\n`);
  }

  get pinRefusedPath(): string {
    return this.#pinRefused;
  }

  /**
   * The highest number of a share of encryptions that was given here for a key; -1 before the first. Throws `EvidenceWithheld` when the
   * memory of it is damaged.
   */
  lastShare(key: string): number {
    return this.#readShares()[key] ?? -1;
  }

  noteShare(key: string, number: number): void {
    putFile(this.#shares, canonicalText({ ...this.#readShares(), [key]: number }));
  }

  /** Set when shares of a key were given twice; gone when a person has deleted the file `withheldPath` names. */
  areSharesWithheld(key: string): boolean {
    return findFile(this.withheldPath(key)) !== null;
  }

  withholdShares(key: string): void {
    putFile(this.withheldPath(key), "");
  }

  withheldPath(key: string): string {
    if (!/^[0-9a-z-]{1,64}$/.test(key)) throw new EvidenceWithheld("there is no such key");
    return join(this.#folder, `encryption-withheld-${key}`);
  }

  #readShares(): z.infer<typeof Shares> {
    const bytes = findFile(this.#shares);
    if (bytes === null) return {};
    try {
      return Shares.parse(parseCanonical(bytes));
    } catch (cause) {
      throw new EvidenceWithheld(`${this.#shares} is unreadable`, { cause });
    }
  }

  #read(): Seen {
    const bytes = findFile(this.#path);
    if (bytes === null) return { outcomes: {}, papers: [], rosters: [] };
    try {
      return Seen.parse(parseCanonical(bytes));
    } catch (cause) {
      throw new EvidenceWithheld(`${this.#path} is unreadable`, { cause });
    }
  }
}

/**
 * Each roster that was seen still follows. One of before the trusted roster need not: whoever configured a later one has looked at that
 * itself. Throws `EvidenceWithheld`.
 */
function holdRosters(before: Seen["rosters"], now: Seen["rosters"]): void {
  const trusted = now[0]?.version ?? 0;
  const hashes = new Set(now.map(({ hash }) => hash));
  const missing = before.find(({ version, hash }) => version >= trusted && !hashes.has(hash));
  if (missing) throw new EvidenceWithheld(`version ${String(missing.version)} of the roster was seen before and is not there any more`);
}
