"use client";

import { useCallback, useEffect, useState } from "react";
import { whatCameOf, type Written } from "./send-once";
import { SentActs, type Unconfirmed } from "./sent-acts";
import { forget } from "./use-draft";

/** Of what was sent before this page was loaded again: what came of it. */
export type Earlier = { readonly act: string; readonly written: Written | null; readonly forget: () => void };

type Sent = {
  readonly acts: () => SentActs;
  readonly unconfirmed: Unconfirmed | null;
  readonly earlier: Earlier | null;
  readonly note: (act: Unconfirmed | null) => void;
};

/**
 * What this person has sent into this room and is not confirmed. What is kept of it when the page is loaded again is looked up
 * before anything else is believed about it; what was typed for it is forgotten when it is found.
 */
export function useSentActs(room: string, person: string | null, path: string): Sent {
  const [now, note] = useState<Unconfirmed | null>(null);
  const [before, setBefore] = useState<Unconfirmed | null>(null);
  const [results, setResults] = useState<readonly Pick<Earlier, "act" | "written">[]>([]);
  const acts = useCallback(() => new SentActs(sessionStorage, room, person), [room, person]);
  const forgetFirst = useCallback(() => {
    setResults(([, ...rest]) => rest);
  }, []);
  useEffect(() => {
    let here = true;
    const kept = acts();
    const lookUpAll = async () => {
      for (const sent of kept.all()) {
        if (!sent.told) setBefore(sent);
        const found = await whatCameOf(path, sent);
        if (!here || !found.ok) return;
        setBefore(null);
        const { value: written } = found;
        // Sent once more meanwhile, it is answered there.
        if (kept.get(sent.id)?.since !== sent.since) continue;
        if (written) kept.forget(sent.id);
        else kept.note({ ...sent, told: true });
        if (written) forget(sent.typed);
        if (written || !sent.told) setResults((others) => [...others, { act: sent.act, written }]);
      }
    };
    void lookUpAll();
    return () => {
      here = false;
    };
  }, [acts, path]);
  const [first] = results;
  return { acts, unconfirmed: now ?? before, earlier: first ? { ...first, forget: forgetFirst } : null, note };
}
