import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes, sha256 } from "#lib/log/digest";
import { readCertificate } from "#lib/x509/certificate";
import { derElement, derElements, DerFields, smallInteger, TAG } from "#lib/x509/der";
import { derInteger, derNull, derOctets, derOid, derSequence, derTrue } from "#lib/x509/der-writer";
import { Malformed } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";
import { authorityFault, readTimeStamp, timeStampFault, type TimeStamp } from "#lib/record/time-stamp";
import { readAtMost } from "#lib/read-at-most";
import type { TimeStamper } from "./pades-cms";

export interface TimeStampClientOptions {
  url: string;
  verifier: SignatureVerifier;
  /** Demand that the authority's certificate leads to this one, DER; any, when left out. */
  anchor?: Uint8Array;
  /** Demand this policy of the authority; any, when left out. */
  policy?: string;
  timeoutMs?: number;
  now?: () => Date;
}

/** The authority could not be reached, refused, or answered something else than what was asked. */
export class TimeStampFault extends Error {
  override readonly name = "TimeStampFault";
  /** It did not answer at all, or that it cannot now; else what it answered could not be believed. */
  readonly away: boolean;

  constructor(message: string, { away = false, ...options }: ErrorOptions & { readonly away?: boolean } = {}) {
    super(message, options);
    this.away = away;
  }
}

const MAX_REPLY = 65_536;
/** How far the authority's clock may be from ours. */
const CLOCK_TOLERANCE_MS = 120_000;

/**
 * A client of an RFC 3161 time-stamp authority. Accepts an answer only for *this* request: status granted, our nonce, our digest
 * with our algorithm, the policy asked for, about now, and a signature that a verifier will accept. Its stamp goes into a
 * document that is sealed once: what is wrong with it must be found before. Throws TimeStampFault for anything else.
 */
export function timeStampClient(options: TimeStampClientOptions): TimeStamper {
  const { url, policy, timeoutMs = 15_000 } = options;
  return async (data) => {
    const nonce = crypto.getRandomValues(new Uint8Array(8));
    nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40; // positive, and always eight bytes
    const imprint = sha256(data);
    const request = derSequence(
      derInteger(1),
      derSequence(derSequence(derOid(OID.sha256), derNull()), derOctets(imprint)),
      ...(policy ? [derOid(policy)] : []),
      derInteger(nonce),
      derTrue(), // with the authority's certificate
    );
    const token = readReply(await post(url, request, timeoutMs));
    const stamp = reading(() => readTimeStamp(token));
    if (!sameBytes(stamp.imprint, imprint)) throw new TimeStampFault("the time stamp is for other data");
    if (!stamp.nonce || !sameBytes(stamp.nonce, nonce)) throw new TimeStampFault("the time stamp answers another request");
    if (policy && stamp.policy !== policy) throw new TimeStampFault(`the time stamp is under policy ${stamp.policy}`);
    const fault = await faultOf(stamp, data, options);
    if (fault !== null) throw new TimeStampFault(`the time stamp is not good: ${fault}`);
    return token;
  };
}

/** What an auditor would hold against the stamp, or null. */
async function faultOf(stamp: TimeStamp, data: Uint8Array, options: TimeStampClientOptions): Promise<string | null> {
  const { verifier, anchor, now = () => new Date() } = options;
  if (!(Math.abs(stamp.at - now().getTime()) <= CLOCK_TOLERANCE_MS)) {
    return `it says ${new Date(stamp.at).toISOString()}, which is not now`;
  }
  try {
    const fault = await timeStampFault(stamp, data, verifier);
    if (fault !== null || !anchor) return fault;
    return await authorityFault(stamp, [readCertificate(anchor)], verifier);
  } catch (fault) {
    if (fault instanceof Malformed) return fault.message;
    throw fault;
  }
}

async function post(url: string, request: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
      body: Uint8Array.from(request),
      redirect: "error",
      signal,
    });
    if (!response.ok) throw new TimeStampFault(`the time-stamp authority answered with HTTP status ${response.status}`, { away: true });
    const reply = await readAtMost(response.body, MAX_REPLY);
    if (reply === null) throw new TimeStampFault("the time-stamp authority's answer is too large");
    return reply;
  } catch (cause) {
    if (cause instanceof TimeStampFault) throw cause;
    const why = signal.aborted ? `does not answer within ${String(timeoutMs / 1000)} seconds` : "cannot be reached";
    throw new TimeStampFault(`the time-stamp authority ${why}`, { cause, away: true });
  }
}

/** TimeStampResp: a status, and a token when it was granted (RFC 3161 clause 2.4.2). */
function readReply(reply: Uint8Array): Uint8Array {
  return reading(() => {
    const fields = DerFields.of(derElement(reply, TAG.sequence));
    const status = smallInteger(derElements(fields.next(TAG.sequence).content)[0]);
    if (status > 1) throw new TimeStampFault(`the time-stamp authority refused with status ${status}`);
    const token = fields.next(TAG.sequence).encoded;
    fields.end();
    return token;
  });
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof Malformed) throw new TimeStampFault(`the time-stamp authority's answer cannot be read: ${fault.message}`);
    throw fault;
  }
}
