import { Attempts } from "./attempts";

/**
 * Records are drawn, signed and time-stamped beside the rounds of the worker, each by its ceremony. One record that fails, for a text
 * that somebody put into its ceremony perhaps, must not keep other rooms from anything.
 */
export class Sealings extends Attempts {
  readonly #verdicts = new Map<string, string | null>();

  /** What `judge` says of the record with that hash, asked once: a long answer must not be sought anew in every round. */
  async verdict(ceremony: string, sha256: string, judge: () => Promise<string | null>): Promise<string | null> {
    const key = `${ceremony} ${sha256}`;
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = await judge();
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}
