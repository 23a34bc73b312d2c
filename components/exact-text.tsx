"use client";

import type { ReactNode } from "react";
import { ExactLines } from "./exact-lines";
import { useWords } from "./words";

/** The canonical text of a statement, folded away until somebody wants to read what their passkey really signs. */
export function ExactText({ text, children }: { text: string; children?: ReactNode }) {
  const words = useWords("parts");
  return (
    <details>
      <summary className="font-semibold underline decoration-edge underline-offset-4">{words("exactText")}</summary>
      <ExactLines text={text} label={words("canonical")} className="mt-2 max-h-72" />
      {children}
    </details>
  );
}
