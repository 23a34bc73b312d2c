"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { RoomView } from "#lib/conduct/room";
import { ask, type Answer, type Problem } from "../../ask";

export type Send = (act: Readonly<Record<string, unknown>>) => Promise<Answer<{ seq: number; hash: string }>>;
export type LiveRoom = { view: RoomView; lost: { since: string; problem: Problem } | null; send: Send; refresh: () => Promise<void> };

/** How often to look even when nothing was announced: expiry and a silent worker announce nothing. */
const LOOK_AGAIN_MS = 10_000;

/**
 * The room as it is now. Follows the server's announcements, looks again by itself, and says at once when it can no longer
 * know what happens. An older answer never replaces a newer one.
 */
export function useRoom(initial: RoomView): LiveRoom {
  const [view, setView] = useState(initial);
  const [lost, setLost] = useState<LiveRoom["lost"]>(null);
  const asking = useRef<Promise<void>>(Promise.resolve());
  const path = `/api/ceremonies/${initial.id}`;

  const lose = useCallback((problem: Problem) => {
    setLost((before) => before ?? { since: new Date().toISOString(), problem });
  }, []);

  // One question at a time; whoever asks while one is out is answered by one more after it. So a slow answer is shown all
  // the same, and what happened while it was under way is not missed.
  const refresh = useCallback((): Promise<void> => {
    const next = asking.current.then(async () => {
      if (next !== asking.current) return;
      const answer = await ask<RoomView>(path);
      if (!answer.ok) {
        lose(answer.problem);
        return;
      }
      setLost(null);
      setView((before) => (answer.value.chain.entries < before.chain.entries ? before : answer.value));
    });
    asking.current = next;
    return next;
  }, [path, lose]);

  useEffect(() => {
    const look = () => void refresh();
    const gone = () => {
      lose({ code: "OFFLINE", sentence: "The live connection is gone. Nothing that was recorded is lost." });
    };
    const source = new EventSource(`${path}/live`);
    source.addEventListener("change", look);
    source.addEventListener("open", look);
    source.addEventListener("error", gone);
    window.addEventListener("online", look);
    window.addEventListener("offline", gone);
    document.addEventListener("visibilitychange", look);
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => {
      source.close();
      window.removeEventListener("online", look);
      window.removeEventListener("offline", gone);
      document.removeEventListener("visibilitychange", look);
      clearInterval(timer);
    };
  }, [path, refresh, lose]);

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
