import PDFDocument from "pdfkit";
import type { Run } from "./text-runs";
import { typeface } from "./typefaces";
import { escapeXml, PDF_UA_XMP } from "./xmp";

export const PAGE = { width: 595.28, height: 841.89 } as const;

/** A reference to an object of the file. */
export interface PdfRef {
  data: Record<string, unknown>;
  compress: boolean;
  end(chunk?: string | Uint8Array): void;
}
export interface StructureElement {
  add(child: StructureElement | (() => void)): void;
  end(): void;
}
export interface StructureOptions {
  alt?: string;
  title?: string;
  scope?: "Column" | "Row";
  /** Where it is not in the language of the document (BCP 47). */
  lang?: string;
  bbox?: [number, number, number, number];
}

/** What is used of pdfkit 0.20.2, its undocumented parts included; the published types stop at 0.17. */
export interface Canvas {
  page: { dictionary: PdfRef; annotations: PdfRef[] };
  info: Record<string, unknown>;
  outline: OutlineItem;
  _root: PdfRef;
  _addInfo(): void;
  appendXML(xml: string): void;
  endAcroForm(): void;
  ref(data: object): PdfRef;
  struct(type: string, options?: StructureOptions): StructureElement;
  addStructure(element: StructureElement): void;
  markContent(tag: "Artifact", options: { type: string }): void;
  endMarkedContent(): void;
  annotate(x: number, y: number, width: number, height: number, options: object): void;
  addPage(): void;
  switchToPage(index: number): void;
  bufferedPageRange(): { start: number; count: number };
  registerFont(name: string, font: unknown): void;
  font(name: string, size: number): Canvas;
  text(text: string, x: number, y: number, options: object): Canvas;
  fillColor(colour: string): Canvas;
  fillOpacity(opacity: number): Canvas;
  strokeColor(colour: string): Canvas;
  lineWidth(width: number): Canvas;
  dash(length: number, options: { space: number }): Canvas;
  undash(): Canvas;
  moveTo(x: number, y: number): Canvas;
  lineTo(x: number, y: number): Canvas;
  rect(x: number, y: number, width: number, height: number): Canvas;
  circle(x: number, y: number, radius: number): Canvas;
  fill(): Canvas;
  stroke(): Canvas;
  save(): Canvas;
  restore(): Canvas;
  rotate(degrees: number, options: { origin: [number, number] }): Canvas;
  file(bytes: Uint8Array, options: object): void;
  on(event: "data", listener: (chunk: Uint8Array) => void): void;
  on(event: "end", listener: () => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  end(): void;
}
export interface OutlineItem {
  addItem(title: string, options?: { expanded: boolean }): OutlineItem;
}

export interface CanvasOptions {
  title: string;
  subject: string;
  author: string;
  keywords: string;
  /** BCP 47. */
  language: string;
  /** The only clock of the file: the same input and the same instant give the same bytes. */
  created: Date;
  /** What made the file, where it says so. */
  producer?: string;
}

/**
 * An empty A4 file of the kind PDF/A-3a (attachments allowed) and PDF/UA-1, without a page yet. pdfkit's own
 * "PDF/UA" subset is not used: it writes a CIDSet as PDF/A-1 wants it, which PDF/UA refuses.
 */
export function openCanvas(options: CanvasOptions): Canvas {
  const canvas = new PDFDocument({
    size: "A4",
    margin: 0,
    bufferPages: true,
    autoFirstPage: false,
    pdfVersion: "1.7",
    subset: "PDF/A-3a",
    tagged: true,
    lang: options.language,
    displayTitle: true,
    font: null,
    info: {
      Title: options.title,
      Subject: options.subject,
      Author: options.author,
      Keywords: options.keywords,
      Creator: "Claviger",
      Producer: options.producer ?? "Claviger (pdfkit)",
      CreationDate: options.created,
    },
  } as never) as unknown as Canvas;
  escapeInfoInXmp(canvas);
  canvas.appendXML(PDF_UA_XMP);
  return canvas;
}

/** Sets the text of one run with its baseline at `y`. The typeface is read when it is first needed: the large ones rarely are. */
export function setRun(canvas: Canvas, run: Run, x: number, y: number, size: number): void {
  canvas.registerFont(run.typeface, typeface(run.typeface));
  canvas.font(run.typeface, size);
  // Any list of features makes pdfkit shape the run as a whole instead of word by word.
  canvas.text(run.text, x, y, { lineBreak: false, baseline: "alphabetic", ...(run.whole ? { features: [] } : {}) });
}

/** pdfkit 0.20.2 writes the document's title and the like into XMP as they are; an ampersand would break the metadata. */
function escapeInfoInXmp(canvas: Canvas): void {
  const addInfo = canvas._addInfo.bind(canvas);
  canvas._addInfo = () => {
    const info = canvas.info;
    canvas.info = Object.fromEntries(
      Object.entries(info).map(([key, value]) => [key, typeof value === "string" ? escapeXml(value) : value]),
    );
    addInfo();
    canvas.info = info;
  };
}
