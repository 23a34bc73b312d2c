"use client";

import { createContext, useCallback, useContext, useMemo, useState, useSyncExternalStore } from "react";

/** Whose half-typed texts these are, in which ceremony. Null where the browser is passed on: then nothing is kept at all. */
export const DraftScope = createContext<string | null>(null);

const PLACE = "claviger/draft";
const listeners = new Set<() => void>();
const listen = (changed: () => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

/**
 * A text that is being typed: as `useState`, but still there when the page is loaded again, in this tab and nowhere else. Not for
 * secrets. `field` is "form/field"; a form's fields are forgotten together.
 */
export function useDraft(field: string, initial: string): [string, (text: string) => void] {
  const scope = useContext(DraftScope);
  const [passing, setPassing] = useState<string | null>(null);
  const place = scope === null ? null : `${PLACE}/${scope}/${field}`;
  const read = () => (place === null ? (passing ?? initial) : (sessionStorage.getItem(place) ?? initial));
  const text = useSyncExternalStore(listen, read, () => initial);
  const write = useCallback(
    (next: string) => {
      if (place === null) setPassing(next);
      else sessionStorage.setItem(place, next);
      for (const changed of listeners) changed();
    },
    [place],
  );
  return [text, write];
}

/** The same for choices: whatever JSON holds. */
export function useDraftOf<T>(field: string, initial: T): [T, (next: T) => void] {
  const [text, write] = useDraft(field, "");
  const value = useMemo(() => (text === "" ? null : (JSON.parse(text) as T)), [text]);
  const writeValue = useCallback(
    (next: T) => {
      write(JSON.stringify(next));
    },
    [write],
  );
  return [value ?? initial, writeValue];
}

/** What was typed into a form when it was sent: the names under which it is kept, and the texts. */
export type Typed = readonly (readonly [name: string, text: string])[];

/** Marks what is typed into a form when it is sent, so that it can be forgotten once it is written down. */
export function useTyped(): (form: string) => Typed {
  const scope = useContext(DraftScope);
  return useCallback((form) => (scope === null ? [] : markTyped(sessionStorage, `${PLACE}/${scope}/${form}/`)), [scope]);
}

/** Forgets what was written down. What was typed since it was sent is for the next one, and stays. */
export function forget(typed: Typed): void {
  forgetTyped(sessionStorage, typed);
  for (const changed of listeners) changed();
}

/** The texts kept under names that begin so. */
export function markTyped(kept: Storage, start: string): Typed {
  const names = Array.from({ length: kept.length }, (_, i) => kept.key(i) ?? "").filter((name) => name.startsWith(start));
  return names.map((name) => [name, kept.getItem(name) ?? ""]);
}

/** Removes those that are still the same. */
export function forgetTyped(kept: Storage, typed: Typed): void {
  for (const [name, text] of typed) if (kept.getItem(name) === text) kept.removeItem(name);
}
