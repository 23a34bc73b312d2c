"use client";

import { useEffect } from "react";
import type { RoomView } from "#lib/conduct/room";
import type { RoomSheet } from "./room-sheet";

/** The keyboard of the room. Keys are the room's only while nobody types and no sheet lies over it. */
export function useRoomKeys(view: RoomView, onSheet: (sheet: RoomSheet) => void): void {
  useEffect(() => {
    const may = (act: string) => view.mine.some((mine) => mine.act === act);
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.closest("input, textarea, select, dialog") ?? document.querySelector("dialog[open]");
      if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
      switch (event.key) {
        case "j":
          moveBy(1);
          return;
        case "k":
          moveBy(-1);
          return;
        case "Enter":
          if (!target?.matches("h3[data-step]")) return;
          event.preventDefault(); // the same key press would go on and press the button it has just come to
          document.querySelector<HTMLElement>("[data-primary]")?.focus();
          return;
        case "i":
          target?.closest("article")?.querySelector<HTMLElement>("[data-initial]")?.click();
          return;
        case "d":
          if (!may("note-deviation")) return;
          event.preventDefault();
          onSheet({ kind: "deviation", step: view.current, why: null });
          return;
        case "s":
          if (may("stop")) onSheet({ kind: "stop" });
          return;
        case "p":
          onSheet({ kind: "people" });
          return;
        case "?":
          onSheet({ kind: "help" });
          return;
      }
    };
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
    };
  }, [view, onSheet]);
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
