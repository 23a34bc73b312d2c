"use client";

import { useEffect, useRef } from "react";

const TAKES_FOCUS = "a, button, input, select, textarea, summary, label, [tabindex]";

/**
 * Keeps the keyboard's place when a live update, or a sheet that closes, takes away what had it: back to where it was, or to
 * the step everybody is at, whose heading a screen reader then says. Whoever points at nothing has no place to keep.
 */
export function useFocus(...seen: readonly unknown[]): void {
  const place = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const came = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest("dialog")) place.current = target;
    };
    const pointed = ({ target }: PointerEvent) => {
      if (target instanceof Element && !target.closest(TAKES_FOCUS)) place.current = null;
    };
    document.addEventListener("focusin", came);
    document.addEventListener("pointerdown", pointed);
    return () => {
      document.removeEventListener("focusin", came);
      document.removeEventListener("pointerdown", pointed);
    };
  }, []);
  useEffect(() => {
    if (!place.current || document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
    const step =
      document.querySelector<HTMLElement>("[aria-current=step] [data-step]") ?? document.querySelector<HTMLElement>("#main");
    (place.current.isConnected ? place.current : step)?.focus({ preventScroll: true });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- whatever is shown may have taken the place away
  }, seen);
}
