"use client";

import { Button } from "#components/button";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { may } from "./may";
import { leads } from "./room-keys";
import type { RoomSheet } from "./room-sheet";
import { isToClose } from "./step-find";

type ActProps = { view: RoomView; onSheet: (sheet: RoomSheet) => void; className?: string };

/** What a narrow bar has no room for, at the foot of the console. */
export function LeadActs({ view, onSheet }: ActProps) {
  return (
    <div className="flex flex-wrap gap-x-4 border-t border-rule pt-3 empty:hidden">
      <ReadingButton view={view} onSheet={onSheet} />
      <ShareButton view={view} onSheet={onSheet} />
      <AbortButton view={view} onSheet={onSheet} />
    </div>
  );
}

/** This browser is passed from hand to hand from now on. */
export function ShareButton({ view, onSheet, className }: ActProps) {
  const words = useWords("hands");
  if (view.hands !== null || !leads(view) || view.phase === "closed") return null;
  return <QuietAct sheet={{ kind: "share" }} label={words("share")} onSheet={onSheet} className={className} />;
}

export function AbortButton({ view, onSheet, className }: ActProps) {
  const words = useWords("turn");
  if (!may(view, "abort")) return null;
  return <QuietAct sheet={{ kind: "abort" }} label={words("abortButton")} onSheet={onSheet} className={className} />;
}

/** For a break that the script does not have, or to come back before anybody is asked to. */
export function BreakButton({ view, onSheet, className }: ActProps) {
  const words = useWords("presence");
  const kind = (["begin-break", "end-break"] as const).find((act) => view.turn?.act !== act && may(view, act));
  if (!kind) return null;
  const label = words(kind === "begin-break" ? "breakButton" : "breakEnd");
  return <QuietAct sheet={{ kind }} label={label} onSheet={onSheet} className={className} />;
}

/** To close the printed sheets where nothing has to be read, or to read them as the one who leads. */
export function ReadingButton({ view, onSheet, className }: ActProps) {
  const words = useWords("sheets");
  if (view.turn?.act === "read-out" || !may(view, "read-out")) return null;
  // Whoever opens the signatures is asked for it there.
  if (view.turn?.act === "open-step" && isToClose(view)) return null;
  return <QuietAct sheet={{ kind: "reading" }} label={words(view.deviations.length > 0 ? "doReading" : "doClose")} onSheet={onSheet} className={className} />;
}

type QuietProps = { sheet: RoomSheet; label: string; onSheet: (sheet: RoomSheet) => void; className: string | undefined };

function QuietAct({ sheet, label, onSheet, className }: QuietProps) {
  return (
    <Button
      look="quiet"
      className={`text-sm ${className ?? ""}`}
      onClick={() => {
        onSheet(sheet);
      }}
    >
      {label}
    </Button>
  );
}
