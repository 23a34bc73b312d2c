import { book } from "#lib/operations/book";
import { editionDocument, type EditionParts } from "#lib/record/edition-document";
import { drawRecord } from "./draw-record";
import { rendererName } from "./renderer";
import { drawable } from "./undrawable-texts";

/** The redacted edition of a record, which nothing seals: from what is attached to it alone. */
export const drawnEdition = (parts: EditionParts): Promise<Uint8Array> =>
  drawRecord(drawable(editionDocument(parts, book)), { renderer: rendererName() });
