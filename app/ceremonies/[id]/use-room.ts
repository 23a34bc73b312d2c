"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { RoomView } from "#lib/conduct/room";
import { ask, type Answer, type Problem } from "../../ask";
import { followRoom } from "./follow-room";

export type Send = (act: Readonly<Record<string, unknown>>) => Promise<Answer<{ seq: number; hash: string }>>;
export type LiveRoom = {
  view: RoomView;
  lost: { since: string; problem: Problem } | null;
  send: Send;
  refresh: () => Promise<void>;
};

/** The server says something every five seconds. After such a silence the line is dead, or something holds it back: ask. */
const SILENCE_MS = 10_000;

/**
 * The room as it is now: as the server tells it, asked for where nothing is heard. Says at once when it can no longer know
 * what happens. An older answer never replaces a newer one.
 */
export function useRoom(initial: RoomView): LiveRoom {
  const [view, setView] = useState(initial);
  const [lost, setLost] = useState<LiveRoom["lost"]>(null);
  const asking = useRef<Promise<void>>(Promise.resolve());
  const path = `/api/ceremonies/${initial.id}`;

  const lose = useCallback((problem: Problem) => {
    setLost((before) => before ?? { since: new Date().toISOString(), problem });
  }, []);
  const show = useCallback((room: RoomView) => {
    setLost(null);
    setView((before) => (room.chain.entries < before.chain.entries ? before : room));
  }, []);

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

  useEffect(() => {
    let heardAt = Date.now();
    const heard = () => {
      heardAt = Date.now();
      setLost(null);
    };
    const gone = () => {
      lose({ code: "OFFLINE", sentence: "The live connection is gone. Nothing that was recorded is lost." });
    };
    const look = () => void refresh();
    const stop = followRoom(`${path}/live`, {
      shown: (room) => {
        heard();
        show(room);
      },
      still: heard,
      gone,
    });
    const timer = setInterval(() => {
      if (Date.now() - heardAt >= SILENCE_MS) look();
    }, SILENCE_MS / 2);
    window.addEventListener("online", look);
    window.addEventListener("offline", gone);
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      clearInterval(timer);
      window.removeEventListener("online", look);
      window.removeEventListener("offline", gone);
      document.removeEventListener("visibilitychange", look);
    };
  }, [path, refresh, lose, show]);

  const send = useCallback<Send>(
    async (act) => {
      const answer = await ask<{ seq: number; hash: string }>(`${path}/acts`, act);
      await refresh();
      return answer;
    },
    [path, refresh],
  );
  return { view, lost, send, refresh };
}
