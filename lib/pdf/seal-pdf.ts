import { readPdf, resolvedArray, resolvedDictionary, stringOf } from "#lib/record/read-pdf";
import { Malformed } from "#lib/x509/malformed";
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
  const { rangeAt, rangeEnd, from, to } = placeIn(view);
  const range = `[0 ${from} ${to} ${bytes.length - to}]`.padEnd(rangeEnd - rangeAt, " ");
  view.write(range, rangeAt, "latin1");

  const cms = await padesCms(Buffer.concat([view.subarray(0, from), view.subarray(to)]), signer, timeStamp);
  const room = (to - from - 2) / 2;
  if (cms.length > room) throw new SealFault(`the signature has ${cms.length} bytes, its place in the file ${room}`);
  view.write(Buffer.from(cms).toString("hex"), from + 1, "latin1");
  return bytes;
}

const RANGE = "/ByteRange ";

/**
 * Where the one signature of the file is empty, found as a reader finds it: by the table of objects, the form and its field. Texts that
 * people wrote stand in the file as well, and may look like anything; between a signature's byte range and its content stands none.
 */
function placeIn(view: Buffer): { rangeAt: number; rangeEnd: number; from: number; to: number } {
  const { from, to } = emptyContents(view);
  const rangeAt = view.lastIndexOf(`${RANGE}[0 /${BYTE_RANGE_PLACEHOLDER}`, from, "latin1") + RANGE.length;
  const rangeEnd = view.indexOf("]", rangeAt) + 1;
  const between = view.toString("latin1", rangeEnd, from).trim();
  if (rangeAt < RANGE.length || between !== "/Contents") throw new SealFault("the file has no place for a seal");
  return { rangeAt, rangeEnd, from, to };
}

function emptyContents(view: Buffer): { from: number; to: number } {
  try {
    const pdf = readPdf(view);
    const form = resolvedDictionary(pdf, resolvedDictionary(pdf, pdf.trailer.entries.get("Root")).entries.get("AcroForm"));
    const [field] = resolvedArray(pdf, form.entries.get("Fields"));
    return stringOf(resolvedDictionary(pdf, resolvedDictionary(pdf, field).entries.get("V")).entries.get("Contents"));
  } catch (fault) {
    if (fault instanceof Malformed) throw new SealFault(`the file has no place for a seal: ${fault.message}`);
    throw fault;
  }
}
