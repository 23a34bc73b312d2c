"use client";

import type { ReactNode } from "react";
import { useWords } from "./words";

/** The canonical text of a statement, folded away until somebody wants to read what their passkey really signs. */
export function ExactText({ text, children }: { text: string; children?: ReactNode }) {
  const words = useWords("parts");
  return (
    <details>
      <summary className="font-semibold underline decoration-edge underline-offset-4">{words("exactText")}</summary>
      <pre
        className="measured mt-2 max-h-72 overflow-auto border border-rule bg-sunken p-3 text-xs break-all whitespace-pre-wrap"
        tabIndex={0}
        aria-label={words("canonical")}
      >
        {text}
      </pre>
      {children}
    </details>
  );
}
