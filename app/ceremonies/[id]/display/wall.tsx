"use client";

import { WallClock } from "#components/moment";
import { RehearsalFrame } from "#components/rehearsal-frame";
import type { RoomView, SecretsView, StepView } from "#lib/conduct/room";
import { SecretParts } from "../secret-parts";
import { currentIn } from "../step-find";
import { useRoom } from "../use-room";
import { WallHash } from "./wall-hash";
import { WallSeals } from "./wall-seals";

/** The room display: the sentence, the words, n of m, the clock, the chain code. Readable at eight metres. */
export function Wall({ initial, framed }: { initial: RoomView; framed: boolean }) {
  const { view, lost } = useRoom(initial);
  const step = currentIn(view);
  return (
    <div className="flex min-h-[calc(100dvh-var(--frames))] flex-col gap-[1.6vw] px-[3vw] py-[1.6vw]">
      {view.mode === "rehearsal" && !framed ? <RehearsalFrame /> : null}
      <header className="flex flex-wrap items-baseline justify-between gap-x-[3vw] gap-y-2 border-b-4 border-ink pb-[1vw]">
        <h1 className="min-w-0 flex-1 basis-72 text-[max(1.25rem,2vw)] leading-tight font-semibold">{view.title}</h1>
        <span className="text-[max(1.1rem,1.8vw)] font-bold tracking-[0.1em]">{view.mode === "rehearsal" ? "REHEARSAL" : "PRODUCTION"}</span>
        <WallClock className="text-[max(1.25rem,2.4vw)]" />
        <span className="text-[max(1.25rem,2.4vw)] whitespace-nowrap">
          <span className="text-[0.6em] text-quiet">Chain </span>
          <span className="clock font-semibold">{view.chain.code}</span>
        </span>
      </header>
      <main id="main" className="flex flex-1 flex-col gap-[1.6vw]">
        {lost ? <Band look="wait">Not connected. What stands here may be old.</Band> : null}
        {view.stopped ? (
          <Band look="halt">
            STOPPED by {view.stopped.name}: {view.stopped.reason}
          </Band>
        ) : null}
        <div className="flex flex-1 flex-col justify-center gap-[2vw]">{step && view.phase !== "closed" ? <WallStep step={step} secrets={view.secrets} /> : <WallEnd view={view} />}</div>
      </main>
      <footer className="border-t-2 border-ink pt-[0.8vw] text-[max(1.1rem,1.9vw)] leading-snug" aria-live="polite">
        {view.worker.state === "working" ? `${view.worker.sentence} ${view.worker.usually ?? ""}` : view.awaited}
      </footer>
    </div>
  );
}

function Band({ look, children }: { look: "halt" | "wait"; children: React.ReactNode }) {
  return <p className={`px-[2vw] py-[1vw] text-[max(1.25rem,2.6vw)] font-semibold ${look === "halt" ? "bg-stop text-stop-ink" : "border-4 border-wait bg-wait-wash"}`}>{children}</p>;
}

/** Long texts are set smaller, so that a step never needs scrolling on a projector. */
const sizeFor = (text: string): string =>
  text.length < 140 ? "text-[max(1.6rem,3.6vw)]" : text.length < 320 ? "text-[max(1.4rem,2.7vw)]" : "text-[max(1.25rem,2.1vw)]";

function WallStep({ step, secrets }: { step: StepView; secrets: SecretsView | null }) {
  const asked = step.operations.find(({ state }) => state !== "done") ?? step.operations.at(-1);
  const text = asked && step.approvals ? step.operations.map(({ sentence }) => sentence).join(" ") : step.say;
  return (
    <>
      <h2 className="text-[max(1.25rem,2.2vw)] font-semibold">
        <span className="clock text-quiet">{step.number}</span> {step.title}
      </h2>
      <p className={`spoken max-w-[46em] leading-[1.35] ${sizeFor(text)}`}>{text}</p>
      {step.halt ? <Band look="halt">{step.halt}</Band> : null}
      {step.aloud ? <WallHash of={step.aloud.of} hex={step.aloud.value} /> : null}
      {step.halt ? null : secrets ? <SecretParts secrets={secrets} className="text-[max(1.25rem,2.4vw)]" /> : <WallSeals step={step} />}
    </>
  );
}

function WallEnd({ view }: { view: RoomView }) {
  const ended = view.closed?.result === "aborted" || view.phase === "aborted" ? "The ceremony was aborted." : view.closed ? "The ceremony is complete." : "Every step is done.";
  return (
    <>
      <p className="spoken text-[max(1.6rem,4vw)] leading-tight font-semibold">{ended}</p>
      {view.record ? <WallHash of="SHA-256 of the record" hex={view.record.sha256} /> : null}
    </>
  );
}
