import { Check, X } from "lucide-react";

export type Checked = { readonly sentence: string; readonly holds: boolean };

/** What this browser compared by itself before anything is signed; open by itself when something does not hold. */
export function CheckList({ checks, sound }: { checks: readonly Checked[]; sound: boolean }) {
  return (
    <details open={!sound}>
      <summary className={`font-semibold underline decoration-edge underline-offset-4 ${sound ? "text-proof" : "text-halt"}`}>
        {sound
          ? `Checked in this browser just now: ${String(checks.length)} of ${String(checks.length)} hold`
          : "Something does not hold: do not sign"}
      </summary>
      <ul className="mt-2 space-y-1">
        {checks.map(({ sentence, holds }) => (
          <li key={sentence} className={`flex gap-2 ${holds ? "" : "font-semibold text-halt"}`}>
            {holds ? (
              <Check aria-label="Holds:" className="mt-1 size-4 shrink-0 text-proof" />
            ) : (
              <X aria-label="Does not hold:" className="mt-1 size-4 shrink-0" />
            )}
            {sentence}
          </li>
        ))}
      </ul>
    </details>
  );
}
