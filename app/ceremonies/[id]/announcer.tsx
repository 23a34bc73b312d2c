"use client";

import { useContext, useState } from "react";
import { useSecond } from "#components/moment";
import { useAllWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { momentOf, saidAfter, SILENT, type Heard, type Said } from "./announcements";
import { ClockAhead, secondsLeft } from "./expiry-countdown";
import { currentIn, turnSentence } from "./step-find";

/** What screen readers are told of the room as it changes; nothing at first, when the page itself is read. */
export function useAnnouncements(view: RoomView, lost: boolean): Said {
  const words = useAllWords().of("console");
  const now = useHeard(view, lost);
  const [{ heard, said }, setHeard] = useState({ heard: now, said: SILENT });
  const next = saidAfter(heard, now, said, words);
  if (JSON.stringify(heard) !== JSON.stringify(now)) setHeard({ heard: now, said: next });
  return next;
}

function useHeard(view: RoomView, lost: boolean): Heard {
  const all = useAllWords();
  const words = all.of("console");
  const ahead = useContext(ClockAhead);
  const second = useSecond();
  const step = currentIn(view);
  const open = step && view.phase === "running" && step.openedAt !== null ? step.expires : null;
  const expires = view.stopped?.goingOn?.expires ?? open;
  return {
    step: step ? `${words("step", { number: step.number, title: step.title })}.` : "",
    turn: view.turn ? turnSentence(view.turn, view, all) : null,
    awaited: view.awaited,
    lost,
    stopped: view.stopped?.name ?? null,
    resting: view.phase === "break",
    left: expires === null || second === null ? null : momentOf(secondsLeft(expires, second, ahead)),
  };
}

/** The page's own voice: what a notice says aloud by itself is not said twice. */
export function SaidOnPage({ said }: { said: Said }) {
  return <Voices said={said.alerted ? { ...said, assertive: "" } : said} />;
}

/** The same in a sheet, which silences the page under it; what was said before it opened is not said again. */
export function SaidInSheet({ said }: { said: Said }) {
  const [before] = useState(said);
  return <Voices said={said === before ? SILENT : said} />;
}

function Voices({ said: { polite, assertive } }: { said: Said }) {
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {polite}
      </p>
      <p aria-live="assertive" className="sr-only">
        {assertive}
      </p>
    </>
  );
}
