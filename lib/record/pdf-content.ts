import { nameOf, type PdfFile } from "./read-pdf";
import type { PdfValue } from "./pdf-syntax";

// ISO 32000-1 table 198 and clause 12.6.3: whatever makes a reader do something, or show what is not in the file.
const ACTIONS = [
  "JavaScript", "Launch", "URI", "GoToR", "GoToE", "SubmitForm", "ResetForm", "ImportData", "Rendition", "Movie", "Sound", "Named",
  "SetOCGState", "Hide", "Trans", "GoTo3DView", "RichMediaExecute", "Thread",
];
const KEYS = ["JS", "OpenAction", "AA", "XFA", "OCProperties", "Encrypt", "Perms", "DSS", "Ref", "OPI", "RichMediaContent"];

/** The reason why what a reader shows could depend on more than the sealed pages, or null. */
export function activeContentFault({ objects }: PdfFile): string | null {
  for (const [number, { value, stream }] of objects) {
    const fault = valueFault(value) ?? (stream && externalFault(value));
    if (fault) return `object ${number}: ${fault}`;
  }
  return null;
}

function valueFault(value: PdfValue): string | null {
  if (Array.isArray(value)) return first(value);
  if (typeof value !== "object" || value === null || value.kind !== "dictionary") return null;
  const key = KEYS.find((forbidden) => value.entries.has(forbidden));
  if (key) return `/${key} does not belong in a record`;
  const action = nameOf(value.entries.get("S"));
  if (action && ACTIONS.includes(action)) return `an action ${action}`;
  if (nameOf(value.entries.get("Type")) === "Annot" && nameOf(value.entries.get("Subtype")) !== "Widget") return "an annotation over the page";
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
