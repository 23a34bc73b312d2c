import { Download, FileCheck2 } from "lucide-react";
import { Button } from "#components/button";
import { HashBlock } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import type { RoomView } from "#lib/conduct/room";
import { WorkerLine } from "./worker-line";

/** How it ended, the record, and how to check it while trusting nobody here. */
export function RecordPanel({ view }: { view: RoomView }) {
  if (view.phase !== "closed" && view.phase !== "aborted" && view.current !== null) return null;
  return (
    <section aria-labelledby="record" className="space-y-5 border-2 border-ink bg-sheet px-4 py-6 md:px-8">
      <h2 id="record" className="flex scroll-mt-[calc(var(--frame-top)+5rem)] items-center gap-3 text-2xl font-semibold">
        <FileCheck2 aria-hidden="true" className="size-7 shrink-0" />
        {view.phase === "running" || view.phase === "stopped"
          ? "Every step is done."
          : view.aborted
            ? "The ceremony was aborted."
            : "The ceremony is complete."}
      </h2>
      {view.aborted ? (
        <p>
          By {view.aborted.name}, because: {view.aborted.reason}
        </p>
      ) : null}
      {view.record ? (
        <>
          <p className="spoken max-w-prose text-lg">
            Its record was sealed on <DayAndTime at={view.record.sealedAt} />. It holds every entry, every signature and every
            outcome, and can be checked years from now without this server.
          </p>
          <div className="no-print flex flex-wrap gap-3">
            <Button look="turn" size="large" asChild>
              <a href={`/api/ceremonies/${view.id}/record`} download>
                <Download aria-hidden="true" />
                Download the record
              </a>
            </Button>
            <Button size="large" asChild>
              <a href={`/api/ceremonies/${view.id}/trust-anchor`} download>
                <Download aria-hidden="true" />
                Trust anchor
              </a>
            </Button>
          </div>
          <HashBlock of="SHA-256 of the record file" hex={view.record.sha256} />
        </>
      ) : (
        <WorkerLine worker={view.worker} />
      )}
      {view.recorder ? (
        <div className="space-y-3 border-t border-rule pt-5">
          <h3 className="font-semibold">How to check it</h3>
          <p className="max-w-prose">
            Anyone with the file can run this, offline. The fingerprint below is the one thing they must bring from elsewhere:
            take it from the minutes of the day this HSM was set up, not from this page.
          </p>
          <pre
            className="measured overflow-x-auto border border-rule bg-sunken p-3 text-sm"
            tabIndex={0}
            aria-label="Command that checks the record"
          >
            npx claviger verify record.pdf --trust trust-anchor.pem
          </pre>
          <HashBlock of="SHA-256 of the recorder's certificate, the trust anchor" hex={view.recorder.fingerprint} />
        </div>
      ) : null}
    </section>
  );
}
