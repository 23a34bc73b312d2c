import type { Ceremony } from "../ceremony/ceremony";
import { Malformed, must } from "../x509/malformed";
import type { Edition } from "./edition";
import { readAttachments, type Inflate, type PdfAttachment } from "./pdf-attachments";
import { pdfDifference } from "./pdf-difference";
import { readSignature } from "./pdf-signature";
import { readPdf, resolve, resolvedDictionary, textOf, type PdfFile } from "./read-pdf";
import { readTranscript, TRANSCRIPT_FILE, type Transcript } from "./transcript";
import type { Check } from "./verify-transcript";

/** What the pages of a record or of an edition are drawn of, all of it from the file itself. */
export type Redrawn = {
  readonly transcript: Transcript;
  readonly ceremony: Ceremony;
  readonly attached: ReadonlyMap<string, PdfAttachment>;
  /** When the signer claims to have sealed it, which stands in the seal's box; or what an edition, which has none, says of itself. */
  readonly as: { readonly claimedAt: Date } | { readonly edition: Edition };
};

/**
 * Whatever can draw pages: a port, because typefaces and the drawing library are no part of what an auditor reads. `renderer` names exactly
 * this one; another name draws other pages.
 */
export interface Redraw {
  readonly renderer: string;
  /**
   * The files that may have come of it, unsealed, one after the other: more than one where the record does not say all that was known when it
   * was sealed.
   */
  draw(told: Redrawn): AsyncIterable<Uint8Array>;
}

/** How a record names what drew it, as the producer of the file. */
export const producerOf = (renderer: string): string => `Claviger, pages drawn by ${renderer}`;

const PRODUCER = /^Claviger, pages drawn by (.{1,100})$/;

/**
 * Draws the pages once more from what was decided, where what drew them is what is here, and compares every object of the file but the
 * signature: so that pages cannot say what the transcript does not; those of an edition, where it is one, as it says of itself. A record that was drawn by something else is not compared, and the
 * check says so; that it says so is a limit of the verdict, not a finding against the record.
 */
export async function redrawnCheck(
  sealed: PdfFile, ceremony: Ceremony, redraw: Redraw | null, inflate: Inflate, edition: Edition | null = null,
): Promise<Check> {
  const name = "pages";
  const unexamined = (reason: string): Check => ({ name, ok: true, examined: false, reason });
  const renderer = rendererOf(sealed);
  if (renderer === null) return unexamined("The pages were not drawn again: the file does not say what drew them.");
  if (!redraw) return unexamined(`The pages were not drawn again: nothing here draws. The command line does, of the release that drew them (${renderer}).`);
  if (redraw.renderer !== renderer) {
    return unexamined(`The pages were not drawn again: they were drawn by ${renderer}, and here is ${redraw.renderer}. The release that drew them can.`);
  }
  try {
    let first: string | null = null;
    for await (const file of redraw.draw(await drawnOf(sealed, ceremony, inflate, edition))) {
      const difference = await pdfDifference(sealed, readPdf(file), inflate);
      if (difference === null) return { name, ok: true, reason: `Drawn again from the transcript by ${renderer}: the same pages, object by object.` };
      first ??= difference;
    }
    return { name, ok: false, reason: `The pages are not those of this transcript: ${first ?? "nothing was drawn"}.` };
  } catch (fault) {
    // Whatever the same renderer drew once it draws again.
    return { name, ok: false, reason: `The pages cannot be drawn from this transcript (${fault instanceof Error ? fault.message : "a fault"}).` };
  }
}

async function drawnOf(sealed: PdfFile, ceremony: Ceremony, inflate: Inflate, edition: Edition | null): Promise<Redrawn> {
  const attached = await readAttachments(sealed, inflate);
  const transcript = readTranscript(attached.get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array());
  must(transcript.ok, "there is no transcript");
  return { transcript: transcript.value, ceremony, attached, as: edition ? { edition } : { claimedAt: new Date(readSignature(sealed).claimedAt) } };
}

/** What drew the pages of a file, as it says itself; null where it does not. */
export function rendererOf(sealed: PdfFile): string | null {
  try {
    const producer = textOf(resolve(sealed, resolvedDictionary(sealed, sealed.trailer.entries.get("Info")).entries.get("Producer")).value);
    return PRODUCER.exec(producer)?.[1] ?? null;
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}
