import { PAGE, type Canvas, type PdfRef } from "./canvas";
import type { Sheet } from "./sheet";

/** Room for the CMS: chains of public time-stamp authorities are several kilobytes. */
export const CONTENTS_SIZE = 16_384;
/** Written, as a name, in the place of the three numbers of /ByteRange; `sealPdf` replaces it. */
export const BYTE_RANGE_PLACEHOLDER = "**********";

export interface SignatureFieldOptions {
  /** /M, the time the signer claims; whole seconds. */
  signingTime: Date;
  reason: string;
  /** What a screen reader says. */
  description: string;
}

/**
 * The empty signature and its clickable field over the given place of the current page, inside a Form element (PDF/UA-1
 * clause 7.18.4). The AcroForm has no DA, DR or NeedAppearances: PDF/A forbids the last (ISO 19005-3 clause 6.4.1).
 */
export function addSignatureField(
  sheet: Sheet, place: { x: number; y: number; width: number; height: number }, options: SignatureFieldOptions,
): void {
  const { canvas } = sheet;
  const signature = canvas.ref({
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: "ETSI.CAdES.detached",
    ByteRange: [0, BYTE_RANGE_PLACEHOLDER, BYTE_RANGE_PLACEHOLDER, BYTE_RANGE_PLACEHOLDER],
    Contents: new Uint8Array(CONTENTS_SIZE),
    M: options.signingTime,
    Reason: pdfText(options.reason),
  });
  signature.end();

  const form = sheet.element("Form");
  canvas.annotate(place.x, place.y, place.width, place.height, {
    structParent: form,
    Subtype: "Widget",
    FT: "Sig",
    F: PRINT | LOCKED,
    T: pdfText("RecordSeal"),
    TU: pdfText(options.description),
    V: signature,
    P: canvas.page.dictionary,
    AP: { N: emptyAppearance(canvas, place.width, place.height) },
  });
  form.end();

  const field = canvas.page.annotations.at(-1) as PdfRef;
  const acroForm = canvas.ref({ SigFlags: SIGNATURES_EXIST | APPEND_ONLY, Fields: [field] });
  canvas._root.data.AcroForm = acroForm;
  // pdfkit's own end of a form wants fonts for text fields, of which there are none.
  canvas.endAcroForm = () => acroForm.end();
}

// ISO 32000-1 tables 165 and 219.
const PRINT = 4;
const LOCKED = 128;
const SIGNATURES_EXIST = 1;
const APPEND_ONLY = 2;

/** What the field shows is drawn on the page itself, where screen readers find it. */
function emptyAppearance(canvas: Canvas, width: number, height: number): PdfRef {
  const appearance = canvas.ref({ Type: "XObject", Subtype: "Form", BBox: [0, 0, width, Math.min(height, PAGE.height)], Resources: {} });
  appearance.compress = false;
  appearance.end("q Q");
  return appearance;
}

/** pdfkit writes a `String` object as a text string and a plain string as a name. */
const pdfText = (text: string) => Object(text) as string;
