import { openCanvas, type Canvas, type CanvasOptions, type OutlineItem } from "./canvas";
import { COLOUR, MARGIN, STYLE } from "./design";
import { drawFacts, type Fact, type FactsLayout } from "./facts-list";
import { drawHash } from "./hash-block";
import { drawRunning, drawWatermark, type Running } from "./page-furniture";
import { drawCallout, drawHeading, drawList, drawParagraph, drawSpoken, type HeadingLevel, type ParagraphOptions } from "./prose";
import { drawQrCode } from "./qr-code";
import { Sheet, type Rich } from "./sheet";
import { addSignatureField, type SignatureFieldOptions } from "./signature-field";
import { drawTable, type Column } from "./table";
import { canDraw, GlyphFault } from "./typefaces";
import type { TextStyle } from "./text-lines";

export interface DocumentOptions extends CanvasOptions {
  /** Head and foot of every page: the usual ones, or drawn by the document itself when the number of pages is known. */
  running: Running | ((sheet: Sheet) => void);
  /** A word across every page: "REHEARSAL". */
  watermark?: string;
  /** Called on every page before anything else is drawn on it; may begin further down. */
  onPage?: (sheet: Sheet) => void;
  /** Where the column ends, in points from the top of the page. */
  bottom?: number;
}

export interface Attachment {
  name: string;
  mime: string;
  description: string;
  relationship: "Source" | "Data" | "Supplement";
  bytes: Uint8Array;
}

/** Every sentence of a document is one call; `finish` gives the bytes, the same for the same calls and options. */
export interface PdfDocument {
  /** A part of the document: a heading of level 1, an entry in the outline. It begins a page unless enough of one is left. */
  part(title: string, draw: () => void): void;
  /** Everything drawn by `draw` stands under one entry of the outline, and is one section; it has no heading of its own. */
  chapter(title: string, draw: () => void): void;
  heading(level: Exclude<HeadingLevel, 1>, text: string): void;
  paragraph(text: Rich, options?: ParagraphOptions): void;
  spoken(text: string): void;
  callout(word: string, text: string, tone?: "plain" | "red"): void;
  list(items: readonly { text: Rich; mark?: string; colour?: string }[], style?: TextStyle): void;
  facts(facts: readonly Fact[], layout?: FactsLayout): void;
  table(columns: readonly Column[], rows: readonly (readonly Rich[])[]): void;
  hash(label: string, hex: string): void;
  qrCode(text: string, alt: string, place: { x: number; y: number; size: number }): void;
  signatureField(place: { x: number; y: number; width: number; height: number }, options: SignatureFieldOptions): void;
  attach(attachment: Attachment): void;
  /** For what has no call of its own: the paper, to write on directly. */
  readonly sheet: Sheet;
  finish(): Promise<Uint8Array>;
}

/** Less than this, and a new part begins on a new page. */
const PART_ROOM = 290;

/**
 * An empty tagged document (PDF/A-3a, PDF/UA-1, PDF 1.7, A4). Text that no typeface can set makes the call throw a `GlyphFault`;
 * `canDraw` tells beforehand.
 */
export function openDocument(options: DocumentOptions): PdfDocument {
  const canvas = openCanvas(options);
  const { watermark, onPage, running, bottom } = options;
  const begin = (page: Sheet) => {
    if (watermark) drawWatermark(page, watermark);
    onPage?.(page);
  };
  const sheet = new Sheet(canvas, begin, bottom);
  const chunks: Uint8Array[] = [];
  canvas.on("data", (chunk) => chunks.push(chunk));
  let outline: OutlineItem = canvas.outline;

  return {
    sheet,
    part(title, draw) {
      sheet.need(PART_ROOM);
      if (sheet.y > MARGIN.top) sheet.skip(30);
      outline = canvas.outline.addItem(title, { expanded: true });
      sheet.within("Sect", () => {
        drawHeading(sheet, 1, title);
        draw();
      });
    },
    chapter(title, draw) {
      outline = canvas.outline.addItem(title, { expanded: false });
      sheet.within("Sect", draw);
    },
    heading(level, text) {
      drawHeading(sheet, level, text);
      if (level === 2) outline.addItem(text);
    },
    paragraph: (text, paragraph) => drawParagraph(sheet, text, paragraph),
    spoken: (text) => drawSpoken(sheet, text),
    callout: (word, text, tone = "plain") => drawCallout(sheet, word, text, tone === "red" ? COLOUR.red : COLOUR.accent),
    list: (items, style = STYLE.text) => drawList(sheet, items, style),
    facts: (facts, layout) => drawFacts(sheet, facts, layout),
    table: (columns, rows) => drawTable(sheet, columns, rows),
    hash: (label, hash) => drawHash(sheet, label, hash),
    qrCode: (text, alt, { x, y, size }) => drawQrCode(sheet, text, alt, x, y, size),
    signatureField: (place, field) => addSignatureField(sheet, place, field),
    attach({ name, mime, description, relationship, bytes }) {
      const missing = canDraw(name + description)[0];
      if (missing) throw new GlyphFault(parseInt(missing.slice(2), 16));
      const dates = { creationDate: options.created, modifiedDate: options.created };
      withCheckSum(canvas, () => canvas.file(bytes, { name, type: mime, description, relationship, ...dates }));
    },
    async finish() {
      if (typeof running === "function") running(sheet);
      else drawRunning(sheet, running);
      const done = new Promise<void>((resolve, reject) => {
        canvas.on("end", resolve);
        canvas.on("error", reject);
      });
      sheet.end();
      canvas.end();
      await done;
      return joined(chunks);
    },
  };
}

/** pdfkit 0.20.2 writes the 32 digits of an MD5 where its 16 bytes belong (ISO 32000-1 table 46). */
function withCheckSum(canvas: Canvas, attach: () => void): void {
  const ref = canvas.ref.bind(canvas);
  canvas.ref = (data: { Params?: { CheckSum?: unknown } }) => {
    if (data.Params) data.Params.CheckSum = Uint8Array.from(Buffer.from(String(data.Params.CheckSum), "hex"));
    return ref(data);
  };
  attach();
  canvas.ref = ref;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
