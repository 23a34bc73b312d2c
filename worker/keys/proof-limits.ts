import { TLSSocket } from "node:tls";
import type { Socket } from "node:net";
import { RequestRate } from "./request-rate";

/** Access tokens an account gets in a minute, fifty of them at once. Each is good for five minutes. */
const TOKENS_A_MINUTE = 300;
/** Attempts from one place that prove nothing. */
const FAILURES_A_MINUTE = 600;
/** Longer than an assertion can still be shown, whatever both clocks say. */
const REMEMBERED_MS = 330_000;
const MOST_REMEMBERED = 100_000;

/**
 * How often somebody may try to prove to be a client. An account is counted by what was proved, so that nobody who cannot prove anything
 * takes its turns; failures are counted by where they come from. Assertions that were taken are remembered here beside the database: one
 * that is shown again costs neither a row nor a turn, and counts for nothing where the database has forgotten it.
 */
export class ProofLimits {
  readonly #rate = new RequestRate();
  /** Until when, by hash; the oldest first. */
  readonly #shown = new Map<string, number>();
  readonly #most: number;

  constructor(most = MOST_REMEMBERED) {
    this.#most = most;
  }

  /** Seconds to wait before anything from there is looked at again; 0 where it is, and where the place is not known. */
  waitOf(peer: string | null, now: number): number {
    return peer === null ? 0 : this.#rate.wait(peer, FAILURES_A_MINUTE, now);
  }

  /** Counts an attempt from there that proved nothing. */
  failed(peer: string | null, now: number): void {
    if (peer !== null) this.#rate.take(peer, FAILURES_A_MINUTE, now);
  }

  /** 0 for one more token of an account that was proved, which counts it; else how many seconds to wait. */
  take(account: string, now: number): number {
    // Account names have no colon, and places no other beginning.
    return this.#rate.take(`account:${account}`, TOKENS_A_MINUTE, now);
  }

  /** Whether an assertion was taken here, as far back as it could still be shown. */
  wasShown(hash: string, now: number): boolean {
    return (this.#shown.get(hash) ?? -Infinity) > now;
  }

  remember(hash: string, now: number): void {
    for (const [oldest, until] of this.#shown) {
      if (until > now && this.#shown.size < this.#most) break;
      this.#shown.delete(oldest);
    }
    this.#shown.set(hash, now + REMEMBERED_MS);
  }

  /** For one that was not taken after all: it may be shown again. */
  forget(hash: string): void {
    this.#shown.delete(hash);
  }
}

/**
 * Where a connection comes from, as far as one caller can be told from another: an address, of IPv6 its network (64 bits). Null where
 * something before this process ends TLS: whoever is counted there would be everybody, and one forger would keep all others out.
 */
export function peerOf(socket: Socket): string | null {
  const { remoteAddress: address } = socket;
  if (!(socket instanceof TLSSocket) || address === undefined) return null;
  if (!address.includes(":") || address.includes(".")) return `peer:${address}`;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const zeros = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  const all = [...groups, ...Array<string>(Math.max(0, zeros)).fill("0"), ...(tail?.split(":") ?? [])];
  return `peer:${all.slice(0, 4).join(":")}`;
}
