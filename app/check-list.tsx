"use client";

import { Check, X } from "lucide-react";
import { useWords } from "#components/words";

export type Checked = { readonly sentence: string; readonly holds: boolean };

/** What this browser compared by itself before anything is signed; open by itself when something does not hold. */
export function CheckList({ checks, sound }: { checks: readonly Checked[]; sound: boolean }) {
  const words = useWords("parts");
  return (
    <details open={!sound}>
      <summary className={`font-semibold underline decoration-edge underline-offset-4 ${sound ? "text-proof" : "text-halt"}`}>
        {sound ? words("checks.sound", { n: checks.length }) : words("checks.unsound")}
      </summary>
      <ul className="mt-2 space-y-1">
        {checks.map(({ sentence, holds }) => (
          <li key={sentence} className={`flex gap-2 ${holds ? "" : "font-semibold text-halt"}`}>
            {holds ? (
              <Check aria-label={words("checks.holds")} className="mt-1 size-4 shrink-0 text-proof" />
            ) : (
              <X aria-label={words("checks.fails")} className="mt-1 size-4 shrink-0" />
            )}
            {sentence}
          </li>
        ))}
      </ul>
    </details>
  );
}
