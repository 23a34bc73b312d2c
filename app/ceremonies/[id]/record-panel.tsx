import { Download, FileCheck2 } from "lucide-react";
import { Button } from "#components/button";
import { HashBlock } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { useLanguage, useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { verifyCommandOf } from "#lib/record/verify-command";
import { WorkerLine } from "./worker-line";

/** How it ended, the record, and how to check it while trusting nobody here. */
export function RecordPanel({ view }: { view: RoomView }) {
  const words = useWords("standing");
  const language = useLanguage();
  if (view.phase !== "closed" && view.phase !== "aborted" && view.current !== null) return null;
  return (
    <section aria-labelledby="record" className="space-y-5 border-2 border-ink bg-sheet px-4 py-6 md:px-8">
      <h2 id="record" className="flex scroll-mt-[calc(var(--frame-top)+5rem)] items-center gap-3 text-2xl font-semibold">
        <FileCheck2 aria-hidden="true" className="size-7 shrink-0" />
        {words(view.phase === "running" || view.phase === "stopped" ? "ended.everyStep" : view.aborted ? "ended.aborted" : "ended.complete")}
      </h2>
      {view.aborted ? (
        <p>{words("abortedBy", { name: view.aborted.name, reason: view.aborted.reason })}</p>
      ) : null}
      {view.record ? (
        <>
          <p className="spoken max-w-prose text-lg">
            {words.rich("sealed", { at: () => <DayAndTime at={view.record?.sealedAt ?? ""} /> })}
          </p>
          <div className="no-print flex flex-wrap gap-3">
            <Button look="turn" size="large" asChild>
              <a href={`/api/ceremonies/${view.id}/record`} download>
                <Download aria-hidden="true" />
                {words("download")}
              </a>
            </Button>
            <Button size="large" asChild>
              <a href={`/api/ceremonies/${view.id}/pack`} download>
                <Download aria-hidden="true" />
                {words("pack")}
              </a>
            </Button>
            <Button size="large" asChild>
              <a href={`/api/ceremonies/${view.id}/trust-anchor`} download>
                <Download aria-hidden="true" />
                {words("trustAnchor")}
              </a>
            </Button>
          </div>
          {language === "en" ? null : <p className="max-w-prose text-sm text-quiet">{words("recordLanguage")}</p>}
          <HashBlock of={words("recordHash")} hex={view.record.sha256} />
        </>
      ) : (
        <WorkerLine worker={view.worker} />
      )}
      {view.recorder ? (
        <div className="space-y-3 border-t border-rule pt-5">
          <h3 className="font-semibold">{words("howToCheck")}</h3>
          <p className="max-w-prose">{words("checkAbout")}</p>
          <pre
            className="measured overflow-x-auto border border-rule bg-sunken p-3 text-sm"
            tabIndex={0}
            aria-label={words("checkCommand")}
          >
            {verifyCommandOf(view.mode)}
          </pre>
          <HashBlock of={words("trustAnchorHash")} hex={view.recorder.fingerprint} />
        </div>
      ) : null}
    </section>
  );
}
