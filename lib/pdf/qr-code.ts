import { create } from "qrcode";
import { COLOUR } from "./design";
import type { Sheet } from "./sheet";

/** A QR code (ISO/IEC 18004, error correction M) as vector rectangles, with the text it holds for those who cannot see it. */
export function drawQrCode(sheet: Sheet, text: string, alt: string, x: number, y: number, size: number): void {
  const figure = sheet.element("Figure", { alt, bbox: [x, y, x + size, y + size] });
  figure.add(() => drawModules(sheet, text, x, y, size));
  figure.end();
}

/** The same as part of a page's furniture, which screen readers pass over: what it holds has to stand in words elsewhere. */
export function drawRunningQrCode(sheet: Sheet, text: string, x: number, y: number, size: number): void {
  sheet.artifact(() => drawModules(sheet, text, x, y, size), "Pagination");
}

function drawModules(sheet: Sheet, text: string, x: number, y: number, size: number): void {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const module = size / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      const from = column;
      while (column < modules.size && modules.get(row, column)) column++;
      if (column > from) sheet.canvas.rect(x + from * module, y + row * module, (column - from) * module, module);
    }
  }
  sheet.canvas.fillColor(COLOUR.ink).fill();
}
