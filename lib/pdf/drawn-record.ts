import type { Ceremony } from "#lib/ceremony/ceremony";
import { book } from "#lib/operations/book";
import { recordDocument } from "#lib/record/record";
import { withLog, type RecordLog } from "#lib/record/record-log";
import { withVerifier } from "#lib/record/record-verifier";
import type { Transcript } from "#lib/record/transcript";
import { withParts } from "#lib/record/with-parts";
import { drawRecord } from "./draw-record";
import { rendererName } from "./renderer";
import { drawable } from "./undrawable-texts";

/** All that a record is drawn of. Each of these can be found again in the sealed file, or is one of few: see `redraw-record.ts`. */
export interface DrawnOf {
  readonly transcript: Transcript;
  /** What `replay` makes of the same entries; closed. */
  readonly ceremony: Ceremony;
  readonly log: RecordLog;
  /** The page that checks records, to lie in this one; null where none was built. */
  readonly verifierPage: Uint8Array | null;
  /** The file of authenticator attestations, to lie in it as well; null where none was kept. */
  readonly attestations: Uint8Array | null;
  /** Whole seconds count. */
  readonly signingTime: Date;
}

/** The record of a closed ceremony, ready to be sealed: from its transcript alone, with what is proved of the log. */
export function drawnRecord({ transcript, ceremony, log, verifierPage, attestations, signingTime }: DrawnOf): Promise<Uint8Array> {
  const told = withVerifier(withLog(recordDocument(transcript, ceremony, book), log), verifierPage);
  const document = withParts(told, transcript, ceremony, attestations);
  const signer = `Claviger record signing ${ceremony.recorder?.token.serial ?? ""}`.trim();
  return drawRecord(drawable(document), { seal: { signer, signingTime }, renderer: rendererName() });
}
