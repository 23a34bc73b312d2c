import { firstRevision } from "#lib/record/archive-revision";
import { readSignedData } from "#lib/record/cms";
import { cmsOf, readSignature } from "#lib/record/pdf-signature";
import { readPdf } from "#lib/record/read-pdf";
import { children, context, derElement, derElements, TAG } from "#lib/x509/der";
import { derExplicit, derOid, derSequence, derSet } from "#lib/x509/der-writer";
import { OID } from "#lib/x509/object-identifiers";
import type { TimeStamper } from "./pades-cms";
import { SealFault } from "./seal-pdf";

/**
 * A sealed record raised from PAdES B-B to B-T: a time stamp over the seal's signature, put into the room that the seal left in its own
 * place. Not one sealed byte changes, no key of the recorder is needed, and the file keeps its length. Throws a `SealFault` when there
 * is a stamp already or something behind the seal, `Malformed` when it is no sealed record; what the stamper throws goes through.
 */
export async function stampSeal(sealed: Uint8Array, timeStamp: TimeStamper): Promise<Uint8Array> {
  if (firstRevision(sealed).length !== sealed.length) throw new SealFault("the record is archived already: its seal cannot be given a time stamp any more");
  const signature = readSignature(readPdf(sealed));
  const cms = cmsOf(signature);
  const signed = readSignedData(cms);
  if (signed.unsignedAttributes.size > 0) throw new SealFault("the seal has a time stamp already");
  const stamped = withUnsigned(cms, derSequence(derOid(OID.timeStampToken), derSet([await timeStamp(signed.signature)])));
  if (stamped.length > signature.padded.length) {
    throw new SealFault(`the signature would have ${String(stamped.length)} bytes, its place in the file ${String(signature.padded.length)}`);
  }
  const bytes = Uint8Array.from(sealed);
  Buffer.from(bytes.buffer).write(Buffer.from(stamped).toString("hex"), signature.contents.from + 1, "latin1");
  return bytes;
}

/** The SignedData with one unsigned attribute in its one SignerInfo, which is the last field of each. */
function withUnsigned(cms: Uint8Array, attribute: Uint8Array): Uint8Array {
  const [type, holder] = children(derElement(cms, TAG.sequence), TAG.sequence);
  const [inner] = children(holder, context(0));
  const fields = children(inner, TAG.sequence).map(({ encoded }) => encoded);
  const [signer] = derElements(derElement(fields.pop() ?? new Uint8Array(), TAG.set).content);
  const info = children(signer, TAG.sequence).map(({ encoded }) => encoded);
  const raised = derSequence(...info, derSet([attribute], context(1)));
  return derSequence(type?.encoded ?? new Uint8Array(), derExplicit(0, derSequence(...fields, derSet([raised]))));
}
