"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { RoomView } from "#lib/conduct/room";
import { commandOf } from "./room-keys";
import type { RoomSheet } from "./room-sheet";

/** The keyboard of the room. Keys are the room's only while nobody types and no sheet lies over it. */
export function useRoomKeys(view: RoomView, onSheet: (sheet: RoomSheet) => void): void {
  const on = useKeysOn();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.closest("input, textarea, select, dialog") ?? document.querySelector("dialog[open]");
      if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "Enter") {
        if (!target?.matches("h3[data-step]")) return;
        event.preventDefault(); // the same key press would go on and press the button it has just come to
        goToAsked();
        return;
      }
      const command = on ? commandOf(event.key, view) : null;
      if (!command) return;
      event.preventDefault(); // nor does it type itself into what opens
      switch (command.does) {
        case "move":
          moveBy(command.by);
          return;
        case "go":
          goToAsked();
          return;
        case "initial":
          target?.closest("article")?.querySelector<HTMLElement>("[data-initial]")?.click();
          return;
        case "sheet":
          onSheet(command.sheet);
      }
    };
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
    };
  }, [view, onSheet, on]);
}

/** To what is asked of me: the first field where there is one to fill in, else its button. */
function goToAsked(): void {
  const primary = document.querySelector<HTMLElement>("[data-primary]");
  const field = primary?.closest("form")?.querySelector<HTMLElement>("select, input:not([type=file]), textarea");
  (field ?? primary)?.focus();
}

/** To the heading of the next or previous step; from nowhere, to the current one. */
function moveBy(step: 1 | -1): void {
  const headings = [...document.querySelectorAll<HTMLElement>("[data-step]")];
  const here = headings.findIndex((heading) => heading === document.activeElement);
  const current = headings.findIndex((heading) => heading.closest("[aria-current=step]") !== null);
  const next = here < 0 ? headings[Math.max(current, 0)] : headings[Math.min(Math.max(here + step, 0), headings.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}

const KEPT = "claviger/keys";
const listeners = new Set<() => void>();
const listen = (changed: () => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};
const isOn = () => localStorage.getItem(KEPT) !== "off";

/** Whether single letters do anything in the rooms of this browser (WCAG 2.1.4: they can be switched off). */
export const useKeysOn = (): boolean => useSyncExternalStore(listen, isOn, () => true);

export function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, "off");
  for (const changed of listeners) changed();
}
