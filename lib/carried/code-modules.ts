import encodeQR from "qr";

/** A QR code as a drawing of its own: how many modules a side, quiet zone included, and the dark ones as an SVG path. */
export type CodeDrawing = { readonly size: number; readonly path: string };

const QUIET_MODULES = 4;

/** Draws a text of the alphanumeric signs at error correction L. Throws what the encoder throws for a text that fits no code. */
export function codeDrawing(text: string): CodeDrawing {
  const rows = encodeQR(text, "raw", { ecc: "low", encoding: "alphanumeric", border: QUIET_MODULES });
  const runs = rows.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      return [`M${String(x)} ${String(y)}h${String((end < 0 ? row.length : end) - x)}v1H${String(x)}z`];
    }),
  );
  return { size: rows.length, path: runs.join("") };
}
