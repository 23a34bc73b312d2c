import { setRun, type Canvas, type StructureElement, type StructureOptions } from "./canvas";
import { BODY, MARGIN } from "./design";
import { linesOf, widthOfRun, type Inline, type Line, type TextStyle } from "./text-lines";
import { runsOf } from "./text-runs";

/** Text in the style of where it stands; an array mixes styles. A line feed ends a line. */
export type Rich = string | readonly (string | ({ text: string } & Partial<TextStyle>))[];

export const inlines = (rich: Rich, style: TextStyle): Inline[] =>
  (typeof rich === "string" ? [rich] : rich).map((piece) => ({ ...style, ...(typeof piece === "string" ? { text: piece } : piece) }));

export interface Flow {
  /** Distance of baselines, in points. */
  leading: number;
  /** Drawn beside every part of the block that stands on one page, as decoration. */
  beside?: (top: number, bottom: number) => void;
}

/**
 * The paper being written on: a column of the page, a place `y` in it, and the structure element that what is written next
 * belongs to. Everything drawn is either tagged (inside an element) or decoration (an artifact), as PDF/UA demands.
 */
export class Sheet {
  y: number = MARGIN.top;
  left: number = MARGIN.left;
  width: number = BODY.width;
  private readonly parents: StructureElement[] = [];

  /** `begin` is called on every new page, and may move `y` down; the column ends at `bottom`. */
  constructor(readonly canvas: Canvas, private readonly begin: (sheet: Sheet) => void, private readonly bottom: number = BODY.bottom) {
    const root = canvas.struct("Document");
    canvas.addStructure(root);
    this.parents.push(root);
  }

  newPage(): void {
    this.canvas.addPage();
    this.y = MARGIN.top;
    this.begin(this);
  }

  get room(): number {
    return this.bottom - this.y;
  }
  /** Begins a new page unless this much height is left on the present one. */
  need(height: number): void {
    if (height > this.room) this.newPage();
  }
  skip(height: number): void {
    this.y += height;
  }

  /** Everything drawn by `draw` belongs to one element of this type. */
  within(type: string, draw: () => void, options?: StructureOptions): void {
    const element = this.element(type, options);
    this.parents.push(element);
    draw();
    this.parents.pop();
    element.end();
  }

  element(type: string, options?: StructureOptions): StructureElement {
    const element = this.canvas.struct(type, options);
    (this.parents.at(-1) as StructureElement).add(element);
    return element;
  }

  /** Everything drawn by `draw` stands `by` points further in. */
  indented(by: number, draw: () => void): void {
    this.left += by;
    this.width -= by;
    draw();
    this.left -= by;
    this.width += by;
  }

  artifact(draw: () => void, type: "Layout" | "Pagination" = "Layout"): void {
    this.canvas.markContent("Artifact", { type });
    draw();
    this.canvas.endMarkedContent();
  }

  lines(rich: Rich, style: TextStyle, width = this.width): Line[] {
    return linesOf(inlines(rich, style), width);
  }

  /** Sets a line whose leading begins at `top`. Call inside an element or an artifact. */
  setLine(line: Line, x: number, top: number, leading: number): void {
    for (const piece of line.pieces) {
      const { face, size, colour, text } = piece.inline;
      let at = x + piece.x;
      this.canvas.fillColor(colour);
      for (const run of runsOf(text, face)) {
        // The cap height of all three families is 0.66 to 0.73 of the size: capitals stand in the middle of the leading.
        setRun(this.canvas, run, at, top + leading / 2 + size * 0.335, size);
        at += widthOfRun(run, size);
      }
    }
  }

  /** Sets the lines one below the other, over as many pages as they need, as one element. */
  flow(type: string, lines: readonly Line[], { leading, beside }: Flow): void {
    const element = this.element(type);
    const { left } = this;
    for (let from = 0; from < lines.length; ) {
      if (this.room < leading) this.newPage();
      const part = lines.slice(from, from + Math.max(1, Math.floor(this.room / leading)));
      const top = this.y;
      if (beside) this.artifact(() => beside(top, top + part.length * leading));
      element.add(() => part.forEach((line, i) => this.setLine(line, left, top + i * leading, leading)));
      this.y += part.length * leading;
      from += part.length;
    }
    element.end();
  }

  /** Closes the document's structure; nothing may be tagged afterwards. */
  end(): void {
    this.parents[0]?.end();
  }

  rule(y: number, { colour, width, from = this.left, to = this.left + this.width }: RuleOptions): void {
    this.artifact(() => this.canvas.moveTo(from, y).lineTo(to, y).lineWidth(width).strokeColor(colour).stroke());
  }
}

interface RuleOptions {
  colour: string;
  width: number;
  from?: number;
  to?: number;
}
