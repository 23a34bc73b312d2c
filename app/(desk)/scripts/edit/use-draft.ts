"use client";

import { useCallback, useState, useSyncExternalStore } from "react";

type Draft = { readonly text: string; readonly at: string };

const place = (key: string): string => `claviger/script/${key}`;

/** What was written and not published, kept in this tab: it survives a reload and a slip of the hand, and nobody else sees it. */
export type Kept = {
  /** As it was found when the page was opened; null when there was nothing, or nothing is known yet. */
  readonly found: Draft | null;
  /** False while the server renders, which cannot know. */
  readonly known: boolean;
  readonly keep: (text: string) => void;
  readonly forget: () => void;
};

const quiet = () => () => undefined;

export function useDraft(key: string): Kept {
  const known = useSyncExternalStore(
    quiet,
    () => true,
    () => false,
  );
  const [found] = useState<{ draft: Draft | null } | null>(() => (typeof window === "undefined" ? null : { draft: read(key) }));
  const keep = useCallback((text: string) => write(key, { text, at: new Date().toISOString() }), [key]);
  const forget = useCallback(() => write(key, null), [key]);
  return { known, found: known ? (found?.draft ?? null) : null, keep, forget };
}

/** A tab that may not keep anything (private windows, a full store) loses the convenience and nothing else. */
function read(key: string): Draft | null {
  try {
    const draft = JSON.parse(sessionStorage.getItem(place(key)) ?? "null") as Partial<Draft> | null;
    return typeof draft?.text === "string" && typeof draft.at === "string" ? { text: draft.text, at: draft.at } : null;
  } catch {
    return null;
  }
}

function write(key: string, draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(place(key), JSON.stringify(draft));
    else sessionStorage.removeItem(place(key));
  } catch {
    // As in read.
  }
}
