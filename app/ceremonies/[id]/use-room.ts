"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ask, type Answer, type Problem } from "../../ask";
import { followRoom } from "./follow-room";
import { isLeft, lostAfter, type Lost } from "./line-lost";
import { lookUp, sendOnce, type Act, type Unconfirmed, type Written } from "./send-once";

export type Send = (act: Act) => Promise<Answer<Written>>;
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
export type Earlier = { readonly act: string; readonly written: Written | null; readonly forget: () => void };

/** The server says something every five seconds. After such a silence the line is dead, or something holds it back: ask. */
const SILENCE_MS = 7_000;
/** What the line itself takes is no drift of a clock. */
const STEADY_MS = 400;
/** A server that is there answers within this; until it does, the page does not pretend to know. */
const ANSWERS_WITHIN_MS = 1_500;

/**
 * The room as it is now: as the server tells it, asked for where nothing is heard. Says at once when it can no longer know
 * what happens. An older answer never replaces a newer one.
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
    let heardAt = Date.now();
    const heard = () => {
      heardAt = Date.now();
      found();
    };
    const away = () => {
      lose({ code: "OFFLINE", sentence: gone });
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
    let doubt: ReturnType<typeof setTimeout> | undefined;
    const timer = setInterval(() => {
      if (Date.now() - heardAt < SILENCE_MS) return;
      clearTimeout(doubt);
      doubt = setTimeout(away, ANSWERS_WITHIN_MS);
      void refresh().finally(() => {
        clearTimeout(doubt);
      });
    }, SILENCE_MS / 2);
    if (!navigator.onLine) away();
    window.addEventListener("online", look);
    window.addEventListener("offline", away);
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      clearInterval(timer);
      clearTimeout(doubt);
      window.removeEventListener("online", look);
      window.removeEventListener("offline", away);
      document.removeEventListener("visibilitychange", look);
    };
  }, [path, refresh, lose, found, show, gone, left]);

  const { unconfirmed, note, earlier } = useUnconfirmed(`${path}/acts`);
  const notWritten = { code: "NOT-WRITTEN", sentence: words("notWritten.sentence"), remedy: words("notWritten.remedy") };
  const send: Send = async (act) => {
    const answer = await sendOnce(act, { path: `${path}/acts`, unconfirmed: note, notWritten });
    await refresh();
    return answer;
  };
  return { view, lost, unconfirmed, ahead, earlier, send, refresh };
}

const PLACE = "claviger/unconfirmed";

/** What is not confirmed, kept over a reload: then it is looked up before anything else is believed about it. */
function useUnconfirmed(path: string): Pick<LiveRoom, "unconfirmed" | "earlier"> & { note: (act: Unconfirmed | null) => void } {
  const [unconfirmed, setUnconfirmed] = useState<Unconfirmed | null>(null);
  const [earlier, setEarlier] = useState<Earlier | null>(null);
  const place = `${PLACE}/${path}`;
  const note = useCallback(
    (act: Unconfirmed | null) => {
      setUnconfirmed(act);
      if (act) sessionStorage.setItem(place, JSON.stringify(act));
      else sessionStorage.removeItem(place);
    },
    [place],
  );
  useEffect(() => {
    const kept = sessionStorage.getItem(place);
    if (kept === null) return undefined;
    const act = JSON.parse(kept) as Unconfirmed;
    let here = true;
    const forget = () => {
      setEarlier(null);
    };
    void lookUp(path, act.id, act.person).then((found) => {
      if (!here || !found.ok) return;
      sessionStorage.removeItem(place);
      setEarlier({ act: act.act, written: found.value, forget });
    });
    return () => {
      here = false;
    };
  }, [path, place]);
  return { unconfirmed, note, earlier };
}
