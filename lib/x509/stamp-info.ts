import { children, context, derElement, DerFields, oid, smallInteger, TAG, time } from "./der";
import { must } from "./malformed";
import { OID } from "./object-identifiers";

/** What a time-stamp authority says (RFC 3161 TSTInfo): this digest existed at this time. */
export interface StampInfo {
  imprint: Uint8Array;
  /** Milliseconds. */
  at: number;
  policy: string;
  nonce: Uint8Array | null;
}

/** Throws `Malformed` unless the bytes are one TSTInfo over a SHA-256 digest. */
export function readStampInfo(content: Uint8Array): StampInfo {
  const fields = DerFields.of(derElement(content, TAG.sequence));
  must(smallInteger(fields.next(TAG.integer)) === 1, "time stamp: not of version 1");
  const policy = oid(fields.next(TAG.oid));
  const imprint = readImprint(fields);
  fields.next(TAG.integer); // serial number
  const at = time(fields.next(TAG.generalizedTime));
  fields.optional(TAG.sequence); // accuracy
  fields.optional(TAG.boolean); // ordering
  const nonce = fields.optional(TAG.integer);
  fields.optional(context(0)); // the authority's name: a hint; what counts is its certificate
  must(fields.optional(context(1)) === null, "time stamp: extensions are not accepted");
  fields.end();
  return { imprint, at, policy, nonce: nonce?.content ?? null };
}

function readImprint(info: DerFields): Uint8Array {
  const fields = DerFields.of(info.next(TAG.sequence));
  const algorithm = DerFields.of(fields.next(TAG.sequence));
  must(oid(algorithm.next(TAG.oid)) === OID.sha256, "time stamp: the imprint is not SHA-256");
  algorithm.optional(TAG.null);
  algorithm.end();
  const imprint = fields.next(TAG.octetString).content;
  fields.end();
  return imprint;
}

/**
 * What a time-stamp token claims, read past its signature: over what, and when. Who claims it is checked elsewhere
 * (lib/record/time-stamp.ts). Throws `Malformed` when it is no token.
 */
export function stampInfoIn(token: Uint8Array): StampInfo {
  const outer = DerFields.of(derElement(token, TAG.sequence));
  must(oid(outer.next(TAG.oid)) === OID.signedData, "CMS: not signed data");
  const signed = DerFields.of(children(outer.next(context(0)), context(0))[0]);
  outer.end();
  signed.next(TAG.integer);
  signed.next(TAG.set);
  const enclosed = DerFields.of(signed.next(TAG.sequence));
  must(oid(enclosed.next(TAG.oid)) === OID.timeStampInfo, "time stamp: not a time-stamp token");
  const holder = enclosed.next(context(0));
  enclosed.end();
  return readStampInfo(derElement(holder.content, TAG.octetString).content);
}
