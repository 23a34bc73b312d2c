import { nameInWords } from "#lib/x509/distinguished-name";
import { Malformed } from "#lib/x509/malformed";
import type { Ceremony, Mark } from "../ceremony/ceremony";
import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { readEntry } from "../ceremony/entry";
import { fromBase64url, sha256Hex } from "../log/digest";
import type { Shown } from "./archive-stamps";
import { anchorsOver, LEADS_NOWHERE, readTimeStamp, timeStampFault, type TimeStamp } from "./time-stamp";
import type { Check } from "./verify-transcript";

/**
 * What time-stamp authorities say of a transcript; `authorities` are the anchors (SHA-256) that each vouch for every entry of weight,
 * or, where none does alone, those that do together.
 */
export interface StampedTranscript {
  readonly checks: readonly Check[];
  readonly authorities: readonly string[];
  /** When authorities that the auditor trusts stamped which entries (milliseconds), in time or late. */
  readonly stamped: readonly { readonly entry: number; readonly at: number }[];
}

/** Of a transcript in which nobody stamped anything, or of which nothing was looked at. */
export const UNSTAMPED: StampedTranscript = { checks: [], authorities: [], stamped: [] };

const NOTHING_SHOWN: Shown = { good: [], revoked: new Map() };

interface Found {
  readonly mark: Mark;
  readonly stamp: TimeStamp;
  /** Those of the anchors that its certificate leads to. */
  readonly by: readonly string[];
}

/**
 * The time stamps inside a transcript that the rule book has admitted: over which entry each is, and that its time can be, has been
 * decided there. Here: the signature, a certificate for time stamping and nothing else, its path to an anchor where any was brought.
 * An authority of which nobody brought anything is said to be one, and holds nothing up; one that has an anchor's name and not its
 * signature makes the record bad. No check at all where nothing was stamped. `shown`: what evidence behind the seal says of certificates; that there
 * is none is said, and holds nothing up.
 */
export async function verifyStamps(
  entries: readonly Uint8Array[], { marks }: Ceremony, anchors: readonly Uint8Array[], verifier: SignatureVerifier, shown: Shown = NOTHING_SHOWN,
): Promise<StampedTranscript> {
  const found: Found[] = [];
  for (const mark of marks) {
    for (const { seq } of mark.stamps) {
      const judged = await judge(entries, mark, seq, { anchors, verifier });
      if (typeof judged === "string") {
        return { checks: [check(false, `The time stamp over entry ${String(mark.seq + 1)} proves nothing: ${judged}.`)], authorities: [], stamped: [] };
      }
      found.push(judged);
    }
  }
  if (found.length === 0) return UNSTAMPED;
  const said = found.map((one) => `${inWords(one)}${lateness(one)}${trustIn(one.by, anchors)}`);
  const bare = marks.filter(({ stamps }) => stamps.length === 0).map(({ seq, of }) => `entry ${String(seq + 1)} (${of})`);
  const missing = bare.length > 0 ? ` Not stamped: ${bare.join(", ")}.` : "";
  const { authorities, shared } = vouchers(marks, found);
  const together = shared ? " None of those whom you trust stamped all of them: they vouch for them together." : "";
  const stamped = found.flatMap(({ mark, stamp, by }) => (by.length > 0 ? [{ entry: mark.seq, at: stamp.at }] : []));
  return { checks: [check(true, `Stamped: ${said.join("; ")}.${missing}${together}${revocationOf(found, shown)}`)], authorities, stamped };
}

/** What was brought about the certificates of those who stamped since: a record that was never renewed has nothing of it. */
function revocationOf(found: readonly Found[], { good, revoked }: Shown): string {
  const signers = [...new Map(found.map(({ stamp: { signed: { signer } } }) => [sha256Hex(signer.der), nameInWords(signer.subject)]))];
  const told = (of: typeof signers, says: string) => (of.length > 0 ? ` ${says} of ${of.map(([, name]) => name).join(" and ")}.` : "");
  const bare = signers.filter(([sha256]) => !good.includes(sha256) && !revoked.has(sha256));
  const later = signers.flatMap((one) => {
    const at = revoked.get(one[0]);
    return at === undefined ? [] : [told([one], `Revoked on ${new Date(at).toISOString()}, after the seal was over its stamps: the certificate`)];
  });
  const shown = told(signers.filter(([sha256]) => good.includes(sha256)), "Shown not to have been revoked: the certificate");
  return shown + later.join("") + told(bare, "Nothing in this file shows that it was not revoked: the certificate");
}

/**
 * How long after an entry a stamp over it still says when it was written. A later one says that it was there by then: whoever has the
 * recorder's key could have written it shortly before, with any time in it.
 */
const MOST_LATE_MS = 15 * 60_000;

const lateBy = ({ mark, stamp }: Found): number => stamp.at - Date.parse(mark.at);
const inTime = (found: Found): boolean => lateBy(found) <= MOST_LATE_MS;

/** Those whose stamps in time are over every entry of weight; where there is no such one but each entry has somebody's, all of these. */
function vouchers(marks: readonly Mark[], found: readonly Found[]): { readonly authorities: readonly string[]; readonly shared: boolean } {
  const over = marks.map((mark) => new Set(found.filter((one) => one.mark === mark && inTime(one)).flatMap(({ by }) => by)));
  if (over.some(({ size }) => size === 0)) return { authorities: [], shared: false };
  const any = [...new Set(over.flatMap((by) => [...by]))];
  const alone = any.filter((authority) => over.every((by) => by.has(authority)));
  return alone.length > 0 ? { authorities: alone, shared: false } : { authorities: any, shared: true };
}

function lateness(found: Found): string {
  if (inTime(found)) return "";
  const minutes = Math.floor(lateBy(found) / 60_000);
  const told = minutes < 120 ? `${String(minutes)} minutes` : minutes < 2880 ? `${String(Math.floor(minutes / 60))} hours` : `${String(Math.floor(minutes / 1440))} days`;
  return `, stamped only ${told} later, which vouches for no time`;
}

const check = (ok: boolean, reason: string): Check => ({ name: "entry-stamps", ok, reason });

function trustIn(by: readonly string[], anchors: readonly Uint8Array[]): string {
  if (by.length > 0) return ", whom you trust";
  return anchors.length > 0 ? ", of whom you brought nothing" : "";
}

/** The stamp and who vouches for it; or why it proves nothing. */
async function judge(
  entries: readonly Uint8Array[], mark: Mark, seq: number, trust: { readonly anchors: readonly Uint8Array[]; readonly verifier: SignatureVerifier },
): Promise<Found | string> {
  const read = readEntry(entries[seq] ?? new Uint8Array());
  const stamped = entries[mark.seq];
  if (!read.ok || read.value.entry.kind !== "time-stamped" || !stamped) return "it is not there";
  try {
    const stamp = readTimeStamp(fromBase64url(read.value.entry.body.token));
    const fault = await timeStampFault(stamp, stamped, trust.verifier);
    if (fault !== null) return fault;
    const { by, faults } = await anchorsOver(stamp, trust.anchors, trust.verifier);
    const forged = faults.find((path) => path !== LEADS_NOWHERE);
    return by.length === 0 && forged !== undefined ? forged : { mark, stamp, by };
  } catch (fault) {
    if (fault instanceof Malformed) return fault.message;
    throw fault;
  }
}

const inWords = ({ mark, stamp }: Found): string =>
  `entry ${String(mark.seq + 1)} (${mark.of}) at ${new Date(stamp.at).toISOString()} by ${nameInWords(stamp.signed.signer.subject)}, policy ${stamp.policy}`;
