"use client";

import { useCallback, useEffect, useRef, type ReactNode } from "react";
import { RehearsalFrame } from "#components/rehearsal-frame";
import { InSheet } from "#components/sheet";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ActOutline } from "./act-outline";
import { SaidInSheet, SaidOnPage, useAnnouncements } from "./announcer";
import { ConsolePanel } from "./console-panel";
import { ClockAhead } from "./expiry-countdown";
import { HandDock, PassOn } from "./hand-dock";
import { PeopleBar } from "./people-bar";
import { RecordPanel } from "./record-panel";
import { RoomHeader } from "./room-header";
import { leads } from "./room-keys";
import { RoomLocked } from "./room-locked";
import { RoomNotices } from "./room-notices";
import { isDoneBy, type RoomSheet } from "./room-sheet";
import { RoomSheets } from "./room-sheets";
import { ScriptPaper } from "./script-paper";
import { SideNotes } from "./side-notes";
import { currentIn } from "./step-find";
import { TurnDock } from "./turn-dock";
import { useClock } from "./use-clock";
import { DraftScope } from "./use-draft";
import { useEdges } from "./use-edges";
import { useFocus } from "./use-focus";
import { useHand } from "./use-hand";
import { useKeptSheet } from "./use-kept-sheet";
import { useRoom, type LiveRoom } from "./use-room";
import { useRoomKeys } from "./use-room-keys";

/** The room of one ceremony, for one person, followed live. */
export function Room({ initial, framed }: { initial: RoomView; framed: boolean }) {
  const standing = useWords("standing");
  const steps = useWords("steps");
  const words = useWords("console");
  const { view: room, ahead, send: sendOwn, ...line } = useRoom(initial);
  const scope = room.me && room.hands === null ? `${room.id}/${room.me.person}` : null;
  const [sheet, setSheet] = useKeptSheet(scope, initial);
  const closeSheet = useCallback(() => {
    setSheet(null);
  }, [setSheet]);
  useDoneBefore(line.earlier, sheet, closeSheet);
  const hand = useHand(room, sendOwn, closeSheet);
  const { view, send } = hand;
  const close = () => {
    closeSheet();
    hand.sheetClosed();
  };
  const clock = useClock(room);
  useRoomKeys(view, setSheet);
  useFollow(view);
  useFocus(view, sheet);
  const [head, foot] = [useRef<HTMLElement>(null), useRef<HTMLElement>(null)];
  useEdges(head, foot);

  return (
    <DraftScope value={scope}>
    <ClockAhead value={ahead}>
    <div className="flex min-h-[calc(100dvh-var(--frames))] flex-col">
      {view.mode === "rehearsal" && !framed ? <RehearsalFrame /> : null}
      <RoomHeader ref={head} view={view} line={line} />
      <RoomNotices view={view} clock={clock} />
      <div className="mx-auto grid w-full max-w-[118rem] flex-1 gap-x-10 px-4 md:px-6 lg:grid-cols-[15rem_minmax(0,1fr)] 2xl:grid-cols-[17rem_minmax(0,1fr)_22rem]">
        <aside aria-label={steps("outline")} className="hidden lg:block">
          <div className="beside-script space-y-6 py-6">
            {leads(view) ? (
              <section aria-label={words("title")} className="no-print border-b border-rule pb-5">
                <h2 className="sr-only">{words("title")}</h2>
                <ConsolePanel view={view} />
              </section>
            ) : null}
            {view.phase === "break" ? null : <ActOutline view={view} />}
          </div>
        </aside>
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[60rem] min-w-0 space-y-6 py-6">
          <RecordPanel view={view} />
          {view.onBreak ? <RoomLocked rest={view.onBreak} /> : <ScriptPaper view={view} send={send} onSheet={setSheet} />}
        </main>
        {view.phase === "break" ? null : (
          <aside aria-label={standing("cameOf")} className="mx-auto w-full max-w-[60rem] py-6 lg:col-start-2 2xl:col-start-3">
            <SideNotes view={view} send={send} />
          </aside>
        )}
      </div>
      <footer ref={foot} className="no-print sticky bottom-[var(--frame)] z-20 border-t-2 border-ink bg-paper">
        {/* What is long scrolls by itself, and never covers the step it is about, nor what stops the room. */}
        <div className="max-h-[48dvh] overflow-y-auto md:max-h-[60dvh]">
          {view.phase === "closed" ? null : view.hands && !view.me ? (
            <HandDock view={view} hand={hand} />
          ) : (
            <TurnDock key={view.me?.person ?? ""} view={view} send={send} onSheet={setSheet} />
          )}
          {view.hands && view.me ? <PassOn hand={hand} /> : null}
        </div>
        <PeopleBar view={view} onSheet={setSheet} />
      </footer>
      <Announced view={view} lost={line.lost}>
        <RoomSheets sheet={sheet} view={view} clock={clock} send={send} onSheet={setSheet} onClose={close} />
      </Announced>
    </div>
    </ClockAhead>
    </DraftScope>
  );
}

/** Tells screen readers of what changes, on the page and in the sheet that lies over it. */
function Announced({ view, lost, children }: { view: RoomView; lost: LiveRoom["lost"]; children: ReactNode }) {
  const said = useAnnouncements(view, lost !== null);
  return (
    <>
      <SaidOnPage said={said} />
      <InSheet value={<SaidInSheet said={said} />}>{children}</InSheet>
    </>
  );
}

/** The sheet that lies there again after the page was loaded again is closed when it turns out that its act was written down. */
function useDoneBefore(earlier: LiveRoom["earlier"], sheet: RoomSheet | null, close: () => void): void {
  const told = useRef<string | null>(null);
  useEffect(() => {
    const key = earlier?.written ? String(earlier.written.seq) : null;
    if (told.current === key) return;
    told.current = key;
    if (key !== null && earlier && sheet && isDoneBy(sheet, earlier.act)) close();
  }, [earlier, sheet, close]);
}

/** Whoever cannot bear motion is taken there at once; a script's scrolling does not ask the style sheet. */
const isStill = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The page starts at the current step and goes with the room to the next, unless somebody is typing or reading a sheet. */
function useFollow(view: RoomView): void {
  const at = useRef<string | null | undefined>(undefined);
  const over = view.phase === "closed" || view.phase === "aborted" || view.phase === "break";
  const place = over ? null : view.current;
  const begun = currentIn(view)?.number !== 1;
  useEffect(() => {
    const first = at.current === undefined;
    if (at.current === place) return;
    at.current = place;
    // A printed page's code leads to a step of its own.
    if (first && window.location.hash !== "") return;
    if (document.querySelector("dialog[open]") || document.activeElement?.matches("input, textarea, select")) return;
    const target = place === null ? "#record, #locked" : "article[aria-current=step]";
    const behavior = first || isStill() ? "instant" : "smooth";
    if (begun || place === null) document.querySelector(target)?.scrollIntoView({ block: "start", behavior });
  }, [place, begun]);
}
