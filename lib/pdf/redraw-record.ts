import { LOG_PROOF_FILE, readLogProof } from "#lib/log/log-proof";
import { ATTESTATIONS_FILE } from "#lib/record/authenticator-attestations";
import type { RecordLog } from "#lib/record/record-log";
import { VERIFIER_FILE } from "#lib/record/record-files";
import type { Redraw, Redrawn } from "#lib/record/redraw";
import { drawnEdition } from "./drawn-edition";
import { drawnRecord } from "./drawn-record";
import { rendererName } from "./renderer";

/** Draws the pages of a sealed record or of an edition anew out of what is attached to it, with the renderer that is here. */
export const redrawRecord = (): Redraw => ({
  renderer: rendererName(),
  async *draw({ transcript, ceremony, attached, as }) {
    const verifierPage = attached.get(VERIFIER_FILE)?.bytes ?? null;
    if ("edition" in as) {
      yield drawnEdition({ transcript, ceremony, edition: as.edition, logProof: attached.get(LOG_PROOF_FILE)?.bytes ?? null, verifierPage });
      return;
    }
    const attestations = attached.get(ATTESTATIONS_FILE)?.bytes ?? null;
    for (const log of logsOf(attached)) yield drawnRecord({ transcript, ceremony, log, verifierPage, attestations, signingTime: as.claimedAt });
  },
});

/** Without a proof the pages say whether there was no log or one that was behind: either may have been so. */
function logsOf(attached: Redrawn["attached"]): readonly RecordLog[] {
  const file = attached.get(LOG_PROOF_FILE);
  const proof = file && readLogProof(file.bytes);
  return proof ? [proof] : ["none", "behind"];
}
