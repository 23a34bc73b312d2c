import decodeQR from "qr/decode.js";

/** No camera's picture needs more to have its code read, and a larger one takes seconds. */
const MOST_PIXELS_A_SIDE = 1600;

/** Reads codes out of pictures; keeps one canvas for all of them. */
export class PictureReader {
  readonly #canvas = document.createElement("canvas");

  /** The text of the code in a picture, or null where none is found within that time. */
  read(source: CanvasImageSource, width: number, height: number, timeLimit: number): string | null {
    const scale = Math.min(1, MOST_PIXELS_A_SIDE / Math.max(width, height));
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (!context || w === 0 || h === 0) return null;
    if (this.#canvas.width !== w) this.#canvas.width = w;
    if (this.#canvas.height !== h) this.#canvas.height = h;
    context.drawImage(source, 0, 0, w, h);
    try {
      return decodeQR(context.getImageData(0, 0, w, h), { timeLimit });
    } catch {
      // The reader throws where it finds no code, whatever the reason.
      return null;
    }
  }
}

/** The text of the code in a picture that a person opened, or null. */
export async function readFile(reader: PictureReader, file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const found = reader.read(picture, picture.width, picture.height, 2_000);
  picture.close();
  return found;
}
