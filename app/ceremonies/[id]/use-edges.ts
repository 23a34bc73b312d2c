"use client";

import { useEffect, type RefObject } from "react";

/**
 * Tells the style sheet how much of the window the head and the foot of the room cover, so that nothing that gets the keyboard's
 * focus is scrolled under them (WCAG 2.4.11), and what stands beside the script ends above the foot.
 */
export function useEdges(head: RefObject<HTMLElement | null>, foot: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = document.documentElement;
    const measure = () => {
      root.style.setProperty("--room-head", `${String(head.current?.offsetHeight ?? 0)}px`);
      root.style.setProperty("--room-foot", `${String(foot.current?.offsetHeight ?? 0)}px`);
    };
    const watcher = new ResizeObserver(measure);
    for (const edge of [head.current, foot.current]) if (edge) watcher.observe(edge);
    return () => {
      watcher.disconnect();
      root.style.removeProperty("--room-head");
      root.style.removeProperty("--room-foot");
    };
  }, [head, foot]);
}
