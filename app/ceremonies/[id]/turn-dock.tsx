"use client";

import { Hand, Hourglass } from "lucide-react";
import { Button } from "#components/button";
import { useAllWords, useWords } from "#components/words";
import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import { deviationAt } from "./deviation-about";
import { IdentityForm } from "./identity-form";
import { EvidenceForm, ValueForm } from "./reading-forms";
import type { RoomSheet } from "./room-sheet";
import { isToClose, openSheetAt, turnSentence } from "./step-find";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type DockProps = { view: RoomView; send: Send; onSheet: (sheet: RoomSheet) => void };

/** One sentence and one primary act: what is asked of me, or for whom the room waits. */
export function TurnDock({ view, send, onSheet }: DockProps) {
  const all = useAllWords();
  const words = all.of("turn");
  const { turn } = view;
  if (!turn) {
    return (
      <section aria-label={words("waiting")} className="flex gap-3 border-l-4 border-wait bg-wait-wash px-4 py-3 md:px-6">
        <Hourglass aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-wait" />
        <p className="min-w-0">{view.awaited}</p>
      </section>
    );
  }
  return (
    <section aria-label={words("yours")} className="border-l-4 border-turn bg-turn-wash px-4 py-3 md:px-6">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="flex items-center gap-2 text-sm font-bold tracking-[0.08em] text-turn uppercase">
            <Hand aria-hidden="true" className="size-4" />
            {words("yours")}
          </h2>
          <p className="mt-0.5 text-lg leading-snug">{turnSentence(turn, view, all)}</p>
        </div>
        <TurnAct key={`${turn.act}-${view.current ?? ""}`} turn={turn} view={view} send={send} onSheet={onSheet} />
      </div>
    </section>
  );
}

/** The form or button of the act itself. */
function TurnAct({ turn, view, send, onSheet }: DockProps & { turn: MyAct }) {
  const words = useWords("turn");
  const sheets = useWords("sheets");
  const open = turn.act === "note-deviation" ? openSheetAt(view, turn.step) : null;
  switch (turn.act) {
    case "open-step": {
      const act = { act: "open-step", step: turn.step, ...(turn.deviation === null ? {} : { deviation: turn.deviation }) };
      return (
        <div className="flex w-full flex-wrap items-start gap-3 sm:w-auto">
          {isToClose(view) ? (
            <Button look="quiet" className="sm:min-h-13" onClick={() => { onSheet({ kind: "reading" }); }}>
              {sheets("doClose")}
            </Button>
          ) : null}
          <SendButton send={send} act={act} label={words("open")} />
        </div>
      );
    }
    case "acknowledge":
      return <SendButton send={send} act={{ act: "acknowledge", step: turn.step }} label={words(turn.kind === "pause" ? "endPause" : "heard")} />;
    case "check-identity":
      return <IdentityForm view={view} send={send} />;
    case "enter-value":
      return <ValueForm view={view} turn={turn} send={send} />;
    case "note-evidence":
      return <EvidenceForm view={view} turn={turn} send={send} />;
    case "approve":
      return (
        <div className="flex w-full flex-wrap gap-3 sm:w-auto">
          <Button look="halt" className="px-3 whitespace-nowrap sm:min-h-13 sm:px-4" onClick={() => { onSheet({ kind: "sign", act: "refuse", step: turn.step }); }}>
            {words("refuse")}
          </Button>
          <Button look="turn" size="large" className="flex-1 px-3 whitespace-nowrap sm:px-6" data-primary onClick={() => { onSheet({ kind: "sign", act: "approve", step: turn.step }); }}>
            {words("approve")}
          </Button>
        </div>
      );
    case "sign-off":
      return (
        <Button look="turn" size="large" data-primary onClick={() => { onSheet({ kind: "sign", act: "sign-off", step: turn.step }); }}>
          {words("sign")}
        </Button>
      );
    case "enter-part":
      return (
        <Button look="turn" size="large" data-primary onClick={() => { onSheet({ kind: "part" }); }}>
          {words("enterPart")}
        </Button>
      );
    case "approve-resume":
      return (
        <Button
          look="turn"
          size="large"
          data-primary
          onClick={() => { onSheet({ kind: "sign", act: "approve-resume", step: turn.step, deviation: turn.deviation }); }}
        >
          {words("approveResume")}
        </Button>
      );
    case "resume":
      return <SendButton send={send} act={{ act: "resume", deviation: turn.deviation }} label={words("resume")} />;
    case "note-deviation":
      return (
        <Button look="turn" size="large" data-primary onClick={() => { onSheet(deviationAt(view, turn.step, turn.why)); }}>
          {open ? sheets("complete", { number: open.number }) : words("noteDeviation")}
        </Button>
      );
    case "read-out":
      return <SheetButton kind="reading" onSheet={onSheet} />;
    case "initial-deviations":
      return <SheetButton kind="initials" onSheet={onSheet} />;
    case "paper":
      return <SheetButton kind="paper" onSheet={onSheet} />;
    case "begin-break":
    case "end-break":
      return <BreakButton kind={turn.act} onSheet={onSheet} />;
    case "note-presence":
    case "replace-person":
    case "withhold-initials":
    case "initial-step":
    case "attest":
    case "refuse":
    case "stop":
    case "abort":
      return null;
  }
}

const SHEET_BUTTONS = { reading: "doReading", initials: "doInitials", paper: "doPaper" } as const;

function SheetButton({ kind, onSheet }: { kind: keyof typeof SHEET_BUTTONS; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("sheets");
  return (
    <Button look="turn" size="large" data-primary onClick={() => { onSheet({ kind }); }}>
      {words(SHEET_BUTTONS[kind])}
    </Button>
  );
}

function BreakButton({ kind, onSheet }: { kind: "begin-break" | "end-break"; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("presence");
  return (
    <Button look="turn" size="large" data-primary onClick={() => { onSheet({ kind }); }}>
      {words(kind === "begin-break" ? "breakBegin" : "breakEnd")}
    </Button>
  );
}

function SendButton({ send, act, label }: { send: Send; act: Readonly<Record<string, unknown>>; label: string }) {
  const words = useWords("turn");
  const { sending, problem, submit } = useSending(send);
  return (
    <div className="space-y-2">
      <Button look="turn" size="large" data-primary aria-disabled={sending} onClick={() => void submit(act)}>
        {sending ? words("writing") : label}
      </Button>
      {problem}
    </div>
  );
}
