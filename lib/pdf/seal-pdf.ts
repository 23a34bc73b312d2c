import { padesCms, type RecordSigner, type TimeStamper } from "./pades-cms";
import { BYTE_RANGE_PLACEHOLDER } from "./signature-field";

export interface SealOptions {
  signer: RecordSigner;
  /** Adds a time stamp over the signature (PAdES B-T). */
  timeStamp?: TimeStamper;
}

/** The seal could not be put into the file. */
export class SealFault extends Error {
  override readonly name = "SealFault";
}

/**
 * Fills the one signature a drawn record left empty: writes the byte range, signs everything but the signature's own place, puts
 * the CMS there. The signing time and the reason were drawn. Throws a `SealFault` when there is no such place, or too small a one;
 * whatever the signer or the time-stamp authority throws goes through.
 */
export async function sealPdf(drawn: Uint8Array, { signer, timeStamp }: SealOptions): Promise<Uint8Array> {
  const bytes = Uint8Array.from(drawn);
  const view = Buffer.from(bytes.buffer);
  const rangeAt = only(view, `/ByteRange [0 /${BYTE_RANGE_PLACEHOLDER}`) + "/ByteRange ".length;
  const rangeEnd = view.indexOf("]", rangeAt) + 1;
  const from = view.indexOf("/Contents <", rangeEnd) + "/Contents ".length;
  const to = view.indexOf(">", from) + 1;
  const range = `[0 ${from} ${to} ${bytes.length - to}]`.padEnd(rangeEnd - rangeAt, " ");
  view.write(range, rangeAt, "latin1");

  const cms = await padesCms(Buffer.concat([view.subarray(0, from), view.subarray(to)]), signer, timeStamp);
  const room = (to - from - 2) / 2;
  if (cms.length > room) throw new SealFault(`the signature has ${cms.length} bytes, its place in the file ${room}`);
  view.write(Buffer.from(cms).toString("hex"), from + 1, "latin1");
  return bytes;
}

function only(view: Buffer, text: string): number {
  const at = view.indexOf(text, 0, "latin1");
  if (at < 0 || view.indexOf(text, at + 1, "latin1") >= 0) throw new SealFault("the file has no place, or more than one, for a seal");
  return at;
}
