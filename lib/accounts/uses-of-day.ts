import type { z } from "zod";
import { canonical, parseCanonical } from "#lib/log/canonical";
import { utf8 } from "#lib/log/digest";
import { StreamedHash } from "#lib/log/streamed-hash";
import { UsesOfDay as UsesOfDaySchema } from "./uses-of-day.schema";

/** The counts of one day: what stands in the transparency log of the uses of keys. */
export type UsesOfDay = z.infer<typeof UsesOfDaySchema>;
export type CountOfUses = UsesOfDay["counts"][number];

/** A row of the log of uses, as it is counted. */
export interface CountedUse {
  readonly use: string;
  readonly at: string;
  readonly account: string | null;
  readonly grant: string | null;
  readonly key: string | null;
  readonly operation: string;
  readonly algorithm: string | null;
  readonly digest: string | null;
  readonly result: string;
  readonly micros: number;
  readonly process: string;
  readonly times: number;
}

/** Far more than all accounts, keys and operations of an installation make. */
const MOST_COUNTS = 65_536;

/** After these the key is the register's; with any other refusal it is what the caller called it, and may be anything. */
const OF_A_KEY: ReadonlySet<string> = new Set([
  ...["done", "SCOPE-MISSING", "INPUT-REFUSED", "KEY-UNUSABLE", "TOKEN-AWAY", "QUEUE-FULL", "DEADLINE-PASSED", "ENCRYPTIONS-USED-UP"],
]);

interface Counting {
  readonly of: Pick<CountOfUses, "account" | "key" | "operation" | "result">;
  readonly hash: StreamedHash;
  uses: number;
  rows: number;
}

/** Counts the uses of a day, given one after the other in the order in which they were kept. */
export class CountUses {
  readonly #day: string;
  readonly #countings = new Map<string, Counting>();

  /** `day` as YYYY-MM-DD, in UTC. */
  constructor(day: string) {
    this.#day = day;
  }

  /** Takes one use in. Throws RangeError for one of another day, and for more kinds than there can be. */
  add(use: CountedUse): void {
    if (use.at.slice(0, 10) !== this.#day) throw new RangeError(`a use of ${use.at.slice(0, 10)} is none of ${this.#day}`);
    const key = OF_A_KEY.has(use.result) ? use.key : null;
    const of = { account: composed(use.account), key: composed(key), operation: use.operation.normalize("NFC"), result: use.result.normalize("NFC") };
    const name = JSON.stringify([of.account, of.key, of.operation, of.result]);
    let counting = this.#countings.get(name);
    if (!counting) {
      if (this.#countings.size >= MOST_COUNTS) throw new RangeError(`the uses of ${this.#day} are of more kinds than can be counted`);
      counting = { of, hash: new StreamedHash(), uses: 0, rows: 0 };
      this.#countings.set(name, counting);
    }
    counting.uses += use.times;
    counting.rows += 1;
    counting.hash.update(utf8(lineOf(use)));
  }

  /** The counts of all that was taken in. Nothing can be added afterwards. */
  end(): UsesOfDay {
    const named = [...this.#countings].sort(([a], [b]) => (a < b ? -1 : 1));
    const counts = named.map(([, { of, hash, uses, rows }]) => ({ ...of, uses, rows, digest: hash.end() }));
    return { v: "claviger/uses-of-day/v1", day: this.#day, uses: sum(counts, "uses"), rows: sum(counts, "rows"), counts };
  }
}

/** One spelling of a row, whoever reads it from wherever: a JSON list of its members, in this order, and a line feed. */
const lineOf = (use: CountedUse): string =>
  `${JSON.stringify([
    ...[use.use, use.at, use.account, use.grant, use.key, use.operation, use.algorithm],
    ...[use.digest, use.result, use.micros, use.process, use.times],
  ])}\n`;

const composed = (text: string | null): string | null => text?.normalize("NFC") ?? null;
const sum = (counts: readonly CountOfUses[], of: "uses" | "rows"): number => counts.reduce((all, one) => all + one[of], 0);

/** The bytes that are sealed and logged. */
export const usesOfDayBytes = (counted: UsesOfDay): Uint8Array => canonical(counted);

/** What the recorder signs: these bytes as the counts of a day, and as nothing else. */
export function sealedUses(bytes: Uint8Array): Uint8Array {
  const domain = utf8("claviger/uses-of-day/v1\0");
  const sealed = new Uint8Array(domain.length + bytes.length);
  sealed.set(domain);
  sealed.set(bytes, domain.length);
  return sealed;
}

/** The counts in kept bytes, or null when they are none. */
export function readUsesOfDay(bytes: Uint8Array): UsesOfDay | null {
  try {
    const parsed = UsesOfDaySchema.safeParse(parseCanonical(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What differs between the counts of a day as they were sealed and as the rows give them by now; null where one has nothing of it. */
export type DifferentCount = { readonly of: Counting["of"]; readonly sealed: CountOfUses | null; readonly now: CountOfUses | null };

/** Every kind of use that is not what it was when the day was counted: a row that was taken away, changed, or added. */
export function differentCounts(sealed: UsesOfDay, now: UsesOfDay): readonly DifferentCount[] {
  const nameOf = ({ account, key, operation, result }: CountOfUses) => JSON.stringify([account, key, operation, result]);
  const [before, after] = [sealed, now].map(({ counts }) => new Map(counts.map((one) => [nameOf(one), one])));
  const names = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort();
  return names.flatMap((name) => {
    const [was, is] = [before?.get(name) ?? null, after?.get(name) ?? null];
    const one = was ?? is;
    if (!one || (was?.digest === is?.digest && was?.uses === is?.uses && was?.rows === is?.rows)) return [];
    return [{ of: { account: one.account, key: one.key, operation: one.operation, result: one.result }, sealed: was, now: is }];
  });
}
