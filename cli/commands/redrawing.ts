import type { Redraw } from "#lib/record/redraw";

/** What draws pages here, for the verifier to compare with: loaded beside it, and no part of what judges. */
export async function redrawing(): Promise<Redraw> {
  return (await import("#lib/pdf/redraw-record")).redrawRecord();
}
