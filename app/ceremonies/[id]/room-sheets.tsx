"use client";

import { Sheet } from "#components/sheet";
import type { DecidingAct } from "#lib/ceremony/statement";
import type { RoomView } from "#lib/conduct/room";
import { DeviationForm } from "./deviation-form";
import { AbortForm, StopForm } from "./halt-forms";
import { PartForm } from "./part-form";
import { PeopleList } from "./people-list";
import { SigningSheet } from "./signing-sheet";
import type { Send } from "./use-room";

/** Which sheet lies over the room. */
export type RoomSheet =
  | { readonly kind: "sign"; readonly act: DecidingAct; readonly step: string }
  | { readonly kind: "deviation"; readonly step: string | null; readonly why: string | null }
  | { readonly kind: "part" | "stop" | "abort" | "people" | "help" };

type SheetsProps = { sheet: RoomSheet | null; view: RoomView; send: Send; onClose: () => void };

const KEYS = [
  ["j, k", "next and previous step"],
  ["Enter", "on a step: go to what is asked of you"],
  ["d", "note a deviation"],
  ["s", "stop the ceremony"],
  ["p", "who is here"],
  ["Esc", "close a sheet without acting"],
  ["?", "this list"],
] as const;

/** The sheets of the room, at most one at a time. */
export function RoomSheets({ sheet, view, send, onClose }: SheetsProps) {
  switch (sheet?.kind) {
    case "sign":
      return <SigningSheet key={`${sheet.act}-${sheet.step}`} act={sheet.act} step={sheet.step} view={view} send={send} onClose={onClose} />;
    case "deviation":
      return (
        <Sheet title="Note a deviation" open onClose={onClose}>
          <DeviationForm view={view} send={send} step={sheet.step} why={sheet.why} onDone={onClose} />
        </Sheet>
      );
    case "part":
      return (
        <Sheet title="Enter your half of a secret" open onClose={onClose} wide>
          <PartForm view={view} send={send} onDone={onClose} />
        </Sheet>
      );
    case "stop":
      return (
        <Sheet title="Stop the ceremony" open onClose={onClose}>
          <StopForm send={send} onDone={onClose} />
        </Sheet>
      );
    case "abort":
      return (
        <Sheet title="Abort the ceremony" open onClose={onClose}>
          <AbortForm send={send} onDone={onClose} />
        </Sheet>
      );
    case "people":
      return (
        <Sheet title="Who is here" open onClose={onClose}>
          <PeopleList view={view} />
        </Sheet>
      );
    case "help":
      return (
        <Sheet title="Keys" open onClose={onClose}>
          <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2">
            {KEYS.map(([key, about]) => (
              <div key={key} className="contents">
                <dt className="measured font-semibold">{key}</dt>
                <dd>{about}</dd>
              </div>
            ))}
          </dl>
        </Sheet>
      );
    case undefined:
      return null;
  }
}
