"use client";

import { useContext, type ReactNode } from "react";
import { HourAndMinute, useSecond } from "#components/moment";
import { Translations, textsIn } from "#components/translations";
import { useAllWords, useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { drift } from "./clock-drift";
import { consoleOf, type ConsoleView } from "./console-view";
import { ClockAhead } from "./expiry-countdown";
import { Key } from "./keys-list";
import { minutesBehind, spell, type Paced } from "./pace";
import { currentIn, turnSentence } from "./step-find";

/** The instant by the server's clock, ticking; what the transcript knows while the server draws. */
export function useServerNow(view: RoomView): number {
  const ahead = useContext(ClockAhead);
  const second = useSecond();
  return second === null ? Date.parse(view.chain.at) : second * 1000 - ahead;
}

/** For whoever leads: what to say and do, what comes then, planned and real time, who is missing, whose clock is off. */
export function ConsolePanel({ view }: { view: RoomView }) {
  const words = useWords("console");
  const seen = consoleOf(view, useServerNow(view));
  const { say, then, missing, clocksOff } = seen;
  return (
    <div className="space-y-4 text-sm leading-snug">
      <PaceLines seen={seen} view={view} />
      {say ? (
        <Block title={words(say.openedAt === null ? "sayOnce" : "say")}>
          <p className="spoken text-base leading-snug">{say.say}</p>
          <Translations of={textsIn(say.translations, "say")} className="spoken mt-1 leading-snug" />
        </Block>
      ) : null}
      {seen.over ? null : <Asked seen={seen} view={view} />}
      {say ? (
        <Block title={words("then")}>
          <p>{then ? <NextStep step={then} /> : words("last")}</p>
        </Block>
      ) : null}
      {seen.over ? null : <WhoIsMissing missing={missing} />}
      {clocksOff.length > 0 ? (
        <Block title={words("clocks")}>
          <ul className="space-y-0.5">
            {clocksOff.map(({ device, name, called, milliseconds }) => (
              <li key={device}>
                {words("clockOff", { name, called, ...drift(milliseconds) })}
              </li>
            ))}
          </ul>
          <p className="text-quiet">{words("clockAbout")}</p>
        </Block>
      ) : null}
    </div>
  );
}

function Asked({ seen, view }: { seen: ConsoleView; view: RoomView }) {
  const words = useWords("console");
  const all = useAllWords();
  return (
    <Block title={words(seen.do ? "do" : "wait")} turn={seen.do !== null}>
      <p className={seen.do ? "font-semibold" : ""}>
        {seen.do ? turnSentence(seen.do, view, all) : view.awaited}{" "}
        {seen.do ? (
          <span className="whitespace-nowrap">
            <Key name="n" />
          </span>
        ) : null}
      </p>
    </Block>
  );
}

function WhoIsMissing({ missing }: Pick<ConsoleView, "missing">) {
  const words = useWords("console");
  return (
    <Block title={words("missing")}>
      {missing.length === 0 ? <p className="text-quiet">{words("nobody")}</p> : null}
      <ul className="space-y-0.5">
        {missing.map(({ person, why }) => (
          <li key={person.person}>
            {person.name}{" "}
            <span className={why === "awaited" ? "text-quiet" : "font-semibold text-wait"}>({words(`why.${why}`)})</span>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function NextStep({ step }: { step: NonNullable<ConsoleView["then"]> }) {
  const words = useWords("console");
  const { number, title, minutes } = step;
  return minutes === null ? words("step", { number, title }) : words("stepPlanned", { number, title, minutes });
}

/** How the room stands against the plan, in words first; then step, act and whole, each planned and real. */
function PaceLines({ seen: { pace }, view }: { seen: ConsoleView; view: RoomView }) {
  const words = useWords("console");
  const here = currentIn(view);
  const act = view.acts.find(({ steps }) => steps.some(({ step }) => step === here?.step));
  const lines = [
    [words("thisStep"), here ? pace.steps.get(here.step) : undefined],
    [words("thisAct"), act ? pace.acts.get(act.act) : undefined],
    [words("whole"), pace.whole],
  ] as const;
  return (
    <Block title={words("time")}>
      <BehindWords behind={pace.behind} />
      <dl className="grid grid-cols-[max-content_1fr] gap-x-3">
        {lines.map(([name, paced]) =>
          paced ? (
            <div key={name} className="contents">
              <dt className="text-quiet">{name}</dt>
              <dd>
                <PacedTime paced={paced} />
              </dd>
            </div>
          ) : null,
        )}
      </dl>
      {pace.ends ? <p className="text-quiet">{words.rich("ends", { at: () => <HourAndMinute at={pace.ends ?? ""} /> })}</p> : null}
    </Block>
  );
}

function BehindWords({ behind }: { behind: number | null }) {
  const words = useWords("console");
  const minutes = behind === null ? 0 : minutesBehind(behind);
  const off = () => (minutes === 0 ? words("onTime") : words(minutes > 0 ? "behind" : "ahead", { minutes: Math.abs(minutes) }));
  const said = behind === null ? words("notBegun") : off();
  return <p className={minutes > 0 ? "text-base font-semibold text-wait" : "text-base font-semibold"}>{said}</p>;
}

/** "3:20 of 5 min", as far as either is known. */
export function PacedTime({ paced: { planned, taken } }: { paced: Paced }) {
  const words = useWords("console");
  const minutes = planned === null ? null : planned / 60_000;
  if (taken === null) return minutes === null ? null : words("planned", { planned: minutes });
  const b = (text: ReactNode) => <span className="clock font-semibold">{text}</span>;
  const said = { taken: spell(taken), b };
  return minutes === null ? words.rich("unplanned", said) : words.rich("ofPlanned", { ...said, planned: minutes });
}

function Block({ title, turn = false, children }: { title: string; turn?: boolean; children: ReactNode }) {
  return (
    <section className={turn ? "border-l-4 border-turn bg-turn-wash py-1.5 pr-2 pl-2.5" : "border-l-4 border-transparent pl-2.5"}>
      <h3 className={`text-xs font-bold tracking-wide uppercase ${turn ? "text-turn" : "text-quiet"}`}>{title}</h3>
      {children}
    </section>
  );
}
