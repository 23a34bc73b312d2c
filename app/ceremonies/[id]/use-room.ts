"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ask, type Answer, type Problem } from "../../ask";
import { followRoom } from "./follow-room";
import { isLeft, lostAfter, type Lost } from "./line-lost";
import { watchLine } from "./line-watch";
import { sendOnce, type Act, type Written } from "./send-once";
import type { Unconfirmed } from "./sent-acts";
import { forget, type Typed } from "./use-draft";
import { useSentActs, type Earlier } from "./use-sent-acts";

/** Sends one act; what was typed for it is forgotten once it is written down. */
export type Send = (act: Act, typed?: Typed) => Promise<Answer<Written>>;
export type LiveRoom = {
  view: RoomView;
  lost: Lost | null;
  /** What was sent and is not confirmed; and of what was sent before this page was loaded again, what came of it. */
  unconfirmed: Unconfirmed | null;
  /** By how many milliseconds this device's clock is ahead of the server's. */
  ahead: number;
  earlier: Earlier | null;
  send: Send;
  refresh: () => Promise<void>;
};

/** What the line itself takes is no drift of a clock. */
const STEADY_MS = 400;

/**
 * The room as it is now: as the server tells it, asked for where nothing is heard. Says when it can no longer know what happens:
 * at once where the browser knows, and otherwise when the line is silent and a request is not answered (`watchLine`). An older
 * answer never replaces a newer one.
 */
export function useRoom(initial: RoomView): LiveRoom {
  const words = useWords("connection");
  const [view, setView] = useState(initial);
  const [lost, setLost] = useState<LiveRoom["lost"]>(null);
  const [ahead, setAhead] = useState(0);
  const asking = useRef<Promise<void>>(Promise.resolve());
  const path = `/api/ceremonies/${initial.id}`;
  const gone = words("gone");

  const lose = useCallback((problem: Problem) => {
    setLost((before) => lostAfter(before, problem, new Date().toISOString()));
  }, []);
  // A line that was open may go on for a while on a device that is offline: what it brings is shown, and trusted no further.
  const found = useCallback(() => {
    if (navigator.onLine) setLost(null);
  }, []);
  const show = useCallback(
    (room: RoomView) => {
      found();
      setView((before) => (room.chain.entries < before.chain.entries ? before : room));
    },
    [found],
  );

  // One question at a time; whoever asks while one is out is answered by one more after it. So a slow answer is shown all
  // the same, and what happened while it was under way is not missed.
  const refresh = useCallback((): Promise<void> => {
    const next = asking.current.then(async () => {
      if (next !== asking.current) return;
      const answer = await ask<RoomView>(path);
      if (answer.ok) show(answer.value);
      else lose(answer.problem);
    });
    asking.current = next;
    return next;
  }, [path, lose, show]);

  const left = isLeft(lost);
  useEffect(() => {
    if (left) return undefined;
    const away = () => {
      lose({ code: "OFFLINE", sentence: gone });
    };
    const watch = watchLine({ ask: refresh, away });
    const heard = () => {
      watch.heard();
      found();
    };
    const look = () => void refresh();
    const stop = followRoom(`${path}/live`, {
      shown: (room) => {
        heard();
        show(room);
      },
      still: (now) => {
        heard();
        const off = Date.now() - Date.parse(now);
        setAhead((before) => (Math.abs(before - off) < STEADY_MS ? before : off));
      },
      gone: away,
      refused: look,
    });
    if (!navigator.onLine) away();
    window.addEventListener("online", look);
    window.addEventListener("offline", away);
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      watch.stop();
      window.removeEventListener("online", look);
      window.removeEventListener("offline", away);
      document.removeEventListener("visibilitychange", look);
    };
  }, [path, refresh, lose, found, show, gone, left]);

  const { acts, unconfirmed, note, earlier } = useSentActs(initial.id, initial.me?.person ?? null, `${path}/acts`);
  const notWritten = { code: "NOT-WRITTEN", sentence: words("notWritten.sentence"), remedy: words("notWritten.remedy") };
  const send: Send = async (act, typed = []) => {
    const answer = await sendOnce(act, typed, { path: `${path}/acts`, acts: acts(), unconfirmed: note, notWritten });
    await refresh();
    if (answer.ok) forget(typed);
    return answer;
  };
  return { view, lost, unconfirmed, ahead, earlier, send, refresh };
}
