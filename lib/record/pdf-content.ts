import { nameOf, type PdfFile } from "./read-pdf";
import type { PdfDictionary, PdfValue } from "./pdf-syntax";

// ISO 32000-1 table 198 and clause 12.6.3: whatever makes a reader do something, or show what is not in the file.
const ACTIONS = [
  "JavaScript", "Launch", "URI", "GoToR", "GoToE", "SubmitForm", "ResetForm", "ImportData", "Rendition", "Movie", "Sound", "Named",
  "SetOCGState", "Hide", "Trans", "GoTo3DView", "RichMediaExecute", "Thread",
];
const KEYS = ["JS", "OpenAction", "AA", "XFA", "OCProperties", "Encrypt", "Perms", "DSS", "Ref", "OPI", "RichMediaContent"];

/** The reason why what a reader shows could depend on more than the sealed pages, or null. */
export function activeContentFault(pdf: PdfFile): string | null {
  const { objects } = pdf;
  for (const [number, { value, stream }] of objects) {
    const fault = valueFault(value) ?? (stream && externalFault(value));
    if (fault) return `object ${number}: ${fault}`;
    if (annotationsIn(pdf, value).some((annotation) => nameOf(annotation?.get("Subtype")) !== "Widget")) return `object ${number}: ${OVER_THE_PAGE}`;
  }
  return null;
}

const OVER_THE_PAGE = "an annotation over the page";

/** What stands in a list of annotations is one, whether it says so or not (ISO 32000-1 table 164: its type is optional); null: not a dictionary. */
function annotationsIn(pdf: PdfFile, value: PdfValue): (PdfDictionary["entries"] | null)[] {
  const listed = isDictionary(value) ? value.entries.get("Annots") : undefined;
  if (listed === undefined) return [];
  const annotations = valueAt(pdf, listed);
  if (!Array.isArray(annotations)) return [null];
  return annotations.map((one) => {
    const annotation = valueAt(pdf, one);
    return isDictionary(annotation) ? annotation.entries : null;
  });
}

/** What a reference leads to; null where it leads nowhere. */
const valueAt = ({ objects }: PdfFile, value: PdfValue): PdfValue =>
  typeof value === "object" && value !== null && !Array.isArray(value) && value.kind === "reference" ? objects.get(value.number)?.value ?? null : value;

const isDictionary = (value: PdfValue): value is PdfDictionary =>
  typeof value === "object" && value !== null && !Array.isArray(value) && value.kind === "dictionary";

function valueFault(value: PdfValue): string | null {
  if (Array.isArray(value)) return first(value);
  if (typeof value !== "object" || value === null || value.kind !== "dictionary") return null;
  const key = KEYS.find((forbidden) => value.entries.has(forbidden));
  if (key) return `/${key} does not belong in a record`;
  const action = nameOf(value.entries.get("S"));
  if (action && ACTIONS.includes(action)) return `an action ${action}`;
  if (nameOf(value.entries.get("Type")) === "Annot" && nameOf(value.entries.get("Subtype")) !== "Widget") return OVER_THE_PAGE;
  if (["ObjStm", "XRef"].includes(nameOf(value.entries.get("Type")) ?? "")) return "objects hidden in a stream";
  return first(value.entries.values());
}

function first(values: Iterable<PdfValue>): string | null {
  for (const value of values) {
    const fault = valueFault(value);
    if (fault) return fault;
  }
  return null;
}

/** A stream whose bytes are in another file. */
const externalFault = (value: PdfValue): string | null =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "dictionary" && value.entries.has("F")
    ? "a stream from another file" : null;
