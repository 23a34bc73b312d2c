"use client";

import { Lock } from "lucide-react";
import { ClockTime, WallClock } from "#components/moment";
import { RehearsalFrame } from "#components/rehearsal-frame";
import { Translations, textsIn } from "#components/translations";
import { useWords } from "#components/words";
import type { GoingOnView, RoomView } from "#lib/conduct/room";
import type { StepView } from "#lib/conduct/step-view";
import { ClockAhead } from "../expiry-countdown";
import { SecretParts } from "../secret-parts";
import { currentIn } from "../step-find";
import { useRoom } from "../use-room";
import { AcrossWall } from "./across-wall";
import { WallCode } from "./wall-code";
import { WallHash } from "./wall-hash";
import { WallSeals, WallSealsOf } from "./wall-seals";

/** The room display: the sentence, the words, n of m, the clock, the codes. Readable at eight metres, nothing to click. */
export function Wall({ initial, framed }: { initial: RoomView; framed: boolean }) {
  const { view, lost, ahead } = useRoom(initial);
  return (
    <ClockAhead value={ahead}>
      <WallSheet view={view} lost={lost !== null} framed={framed} />
    </ClockAhead>
  );
}

function WallSheet({ view, lost, framed }: { view: RoomView; lost: boolean; framed: boolean }) {
  const words = useWords("wall");
  return (
    <div className="flex min-h-[calc(100dvh-var(--frames))] flex-col gap-[1.4vw] px-[3vw] py-[1.4vw]">
      {view.mode === "rehearsal" ? <AcrossWall>{words("rehearsal")}</AcrossWall> : null}
      {view.mode === "rehearsal" && !framed ? <RehearsalFrame /> : null}
      <header className="flex flex-wrap items-baseline justify-between gap-x-[3vw] gap-y-2 border-b-4 border-ink pb-[0.8vw]">
        <h1 className="min-w-0 flex-1 basis-72 text-[max(1.25rem,2vw)] leading-tight font-semibold">{view.title}</h1>
        <span className="text-[max(1.1rem,1.8vw)] font-bold tracking-[0.1em]">{words(view.mode)}</span>
        <WallClock className="text-[max(1.25rem,2.4vw)]" />
        <span className="text-[max(1.25rem,2.4vw)] whitespace-nowrap">
          <span className="text-[0.6em] text-quiet">{words("chain")} </span>
          <span className="clock font-semibold">{view.chain.code}</span>
        </span>
      </header>
      <main id="main" className="flex flex-1 flex-col gap-[1.4vw]">
        {lost ? <Band look="wait">{words("lost")}</Band> : null}
        {view.stopped ? <Band look="halt">{words("stopped", { name: view.stopped.name, reason: view.stopped.reason })}</Band> : null}
        <div className="flex flex-1 flex-col justify-center gap-[1.6vw]">
          <WallMiddle view={view} />
        </div>
      </main>
      <footer className="border-t-2 border-ink pt-[0.8vw] text-[max(1.1rem,1.9vw)] leading-snug" aria-live="polite">
        {view.worker.state === "working" ? `${view.worker.sentence} ${view.worker.usually ?? ""}` : view.awaited}
      </footer>
    </div>
  );
}

/** What the room is about: its step, the end, or nothing that anybody could read while the room is empty. */
function WallMiddle({ view }: { view: RoomView }) {
  const step = currentIn(view);
  if (view.phase === "break" && view.onBreak) return <WallBreak rest={view.onBreak} />;
  if (view.stopped?.goingOn) return <WallGoingOn of={view.stopped.goingOn} view={view} />;
  return step && view.phase !== "closed" && view.phase !== "aborted" ? <WallStep step={step} view={view} /> : <WallEnd view={view} />;
}

/** Locked as every screen is: that there is a break, since when, and how many were counted out. */
function WallBreak({ rest: { at, name, present } }: { rest: NonNullable<RoomView["onBreak"]> }) {
  const words = useWords("wall");
  const people = useWords("presence");
  return (
    <>
      <Lock aria-hidden="true" className="size-[max(3rem,6vw)] text-wait" />
      <p className="spoken text-[max(1.6rem,4vw)] leading-tight font-semibold">{words("break")}</p>
      <p className="text-[max(1.25rem,2.2vw)]">{people.rich("banner", { name, count: present.length, at: () => <ClockTime at={at} /> })}</p>
    </>
  );
}

/** The sheet as which a stopped room would go on, and who of the custodians agrees to it. */
function WallGoingOn({ of: { deviation, sheet, needed, seals, expires }, view }: { of: GoingOnView; view: RoomView }) {
  const words = useWords("wall");
  const sheets = useWords("sheets");
  const found = view.deviations.find(({ seq }) => seq === deviation);
  return (
    <div className={view.signing ? "grid items-center gap-x-[3vw] gap-y-[1.6vw] lg:grid-cols-[minmax(0,1fr)_auto]" : ""}>
      <div className="flex min-w-0 flex-col gap-[1.6vw]">
        <h2 className="text-[max(1.25rem,2.2vw)] leading-tight font-semibold">{words("goingOn", { sheet })}</h2>
        {found ? (
          <dl className="spoken grid grid-cols-[max-content_minmax(0,1fr)] gap-x-[1.5vw] text-[max(1.25rem,2vw)] leading-[1.3]">
            <dt className="text-quiet">{sheets("happened")}</dt>
            <dd>{found.happened}</dd>
            <dt className="text-quiet">{sheets("decided")}</dt>
            <dd>{found.decided}</dd>
          </dl>
        ) : null}
        <WallSeals seals={seals} takes={needed} expires={expires} signed />
      </div>
      {view.signing ? <WallCode signing={view.signing} room="little" /> : null}
    </div>
  );
}

const BANDS = {
  halt: "bg-stop text-stop-ink",
  /** Beside a greater halt, which has the colour. */
  halted: "border-4 border-halt",
  wait: "border-4 border-wait bg-wait-wash",
} as const;

function Band({ look, children }: { look: keyof typeof BANDS; children: React.ReactNode }) {
  return (
    <p
      className={`px-[2vw] py-[1vw] text-[max(1.25rem,2.6vw)] leading-snug font-semibold ${BANDS[look]}`}
    >
      {children}
    </p>
  );
}

/** Long texts, and those beside a code, are set smaller, so that a step never needs scrolling on a projector. */
const sizeFor = (text: string, besideCode: boolean): string =>
  text.length < 140
    ? besideCode
      ? "text-[max(1.5rem,2.8vw)]"
      : "text-[max(1.6rem,3.4vw)]"
    : text.length < 320
      ? "text-[max(1.4rem,2.5vw)]"
      : "text-[max(1.25rem,1.9vw)]";

function WallStep({ step, view }: { step: StepView; view: RoomView }) {
  const asked = step.operations.find(({ state }) => state !== "done") ?? step.operations.at(-1);
  const asks = asked !== undefined && step.approvals !== null;
  const text = asks ? step.operations.map(({ sentence }) => sentence).join(" ") : step.say;
  const others = asks ? [] : textsIn(step.translations, "say");
  // While the room rests, nobody signs, and there is nothing to compare.
  const signing = view.phase === "running" && !step.halt ? view.signing : null;
  // Cards of many people want the whole width of the wall, and take it from the code.
  const many = step.seals.length > 4;
  const seals = step.halt || view.secrets ? null : <WallSealsOf step={step} />;
  const size = sizeFor(text + others.map((one) => one.text).join(""), signing !== null);
  return (
    <div className={signing ? "grid items-center gap-x-[3vw] gap-y-[1.6vw] lg:grid-cols-[minmax(0,1fr)_auto]" : ""}>
      <div className="flex min-w-0 flex-col gap-[1.6vw]">
        <StepHead step={step} view={view} />
        <p className={`spoken max-w-[46em] leading-[1.3] ${size}`}>{text}</p>
        <Translations of={others} className="spoken max-w-[60em] text-[max(1rem,1.5vw)] leading-[1.3]" />
        {step.halt ? <Band look={view.stopped ? "halted" : "halt"}>{step.halt}</Band> : null}
        {step.aloud ? <WallHash of={step.aloud.of} hex={step.aloud.value} /> : null}
        {view.secrets && !step.halt ? <SecretParts secrets={view.secrets} className="text-[max(1.25rem,2.4vw)]" /> : null}
        {signing && many ? null : seals}
      </div>
      {signing ? <WallCode signing={signing} room={many ? "little" : "much"} /> : null}
      {signing && many ? <div className="lg:col-span-2">{seals}</div> : null}
    </div>
  );
}

/** Which step of how many, and the code by which the film is matched with the record. */
function StepHead({ step, view }: { step: StepView; view: RoomView }) {
  const words = useWords("wall");
  const steps = view.acts.reduce((sum, act) => sum + act.steps.length, 0);
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-[3vw] gap-y-1">
      <h2 className="text-[max(1.25rem,2.2vw)] leading-tight font-semibold">
        <span className="text-quiet">{words("stepOf", { number: String(step.number), steps: String(steps) })}</span> {step.title}
      </h2>
      <p className="text-[max(1.1rem,2vw)] whitespace-nowrap">
        <span className="text-[0.7em] text-quiet">{words("stepCode")} </span>
        <span className="clock border-2 border-ink px-[0.4em] font-semibold">{step.code ?? words("stepCodeNone")}</span>
      </p>
    </div>
  );
}

function WallEnd({ view }: { view: RoomView }) {
  const words = useWords("wall");
  const aborted = view.closed?.result === "aborted" || view.phase === "aborted";
  return (
    <>
      <p className="spoken text-[max(1.6rem,4vw)] leading-tight font-semibold">
        {words(aborted ? "aborted" : view.closed ? "complete" : "everyStep")}
      </p>
      {view.record ? <WallHash of={words("record")} hex={view.record.sha256} /> : null}
    </>
  );
}
