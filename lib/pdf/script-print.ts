import type { OperationBook } from "#lib/ceremony/operation";
import type { Script } from "#lib/ceremony/script";

/** More copies than any room has seats: who needs more prints twice. */
export const MOST_COPIES = 20;

export interface ScriptPrint {
  readonly script: Script;
  /** SHA-256 of the canonical script, hex: stands on every page. */
  readonly hash: string;
  /** How many numbered copies, one after the other in the file. */
  readonly copies: number;
  readonly book: OperationBook;
  /** What the QR code of a page leads to: the step the page begins with, or the script. */
  readonly address: (step: string | null) => string;
  /** The ceremony it is printed for, as the cover names it. */
  readonly occasion: { readonly id: string; readonly title: string } | null;
  /** The serial number that sentences about the token name. */
  readonly serial: string | null;
  /** The only clock of the file. */
  readonly printed: Date;
}
