import { context } from "#lib/x509/der";
import { der, derInteger, derNull, derOctets, derOid, derSequence, derSet } from "#lib/x509/der-writer";
import { OID } from "#lib/x509/object-identifiers";
import { base64url, fromHex } from "../log/digest";

/** What an authority claims, without a signature under it: the rule book reads no more. */
export function claimedStamp(imprint: string, at: string, algorithm: string = OID.sha256): string {
  const time = new TextEncoder().encode(`${at.replace(/\.\d+Z$/, "").replace(/[-:T]/g, "")}Z`);
  const digest = derSequence(derSequence(derOid(algorithm), derNull()), derOctets(fromHex(imprint)));
  const info = derSequence(derInteger(1), derOid("1.2.3"), digest, derInteger(7), der(0x18, time));
  const enclosed = derSequence(derOid(OID.timeStampInfo), der(context(0), derOctets(info)));
  return base64url(derSequence(derOid(OID.signedData), der(context(0), derSequence(derInteger(3), derSet([]), enclosed))));
}
