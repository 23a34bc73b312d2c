"use client";

import { useWords } from "./words";

/** The first stop of the keyboard: past the head, to what the page is about. */
export function SkipLink() {
  const words = useWords("frame");
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-8 focus:left-8 focus:z-70 focus:border-2 focus:border-ink focus:bg-sheet focus:px-4 focus:py-2"
    >
      {words("skip")}
    </a>
  );
}
