"use client";

import { Sheet } from "#components/sheet";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { BeginBreakForm, EndBreakForm } from "./break-form";
import { ReplaceForm } from "./replace-form";
import { AttestForm } from "./attest-form";
import { ConsolePanel } from "./console-panel";
import { DeviationForm } from "./deviation-form";
import { AbortForm, StopForm } from "./halt-forms";
import { InitialsForm } from "./initials-form";
import { KeysList } from "./keys-list";
import { LeadActs } from "./lead-acts";
import { NotebookForm } from "./notebook-form";
import { PaperForm } from "./paper-form";
import { PartForm } from "./part-form";
import { PeopleList } from "./people-list";
import type { RoomSheet } from "./room-sheet";
import { ShareForm } from "./share-form";
import { ReadingOutForm } from "./reading-out-form";
import { SigningSheet } from "./signing-sheet";
import type { Send } from "./use-room";

type SheetsProps = {
  sheet: RoomSheet | null;
  view: RoomView;
  /** By how many milliseconds this device's clock is ahead; null before it is measured. */
  clock: number | null;
  send: Send;
  onSheet: (sheet: RoomSheet) => void;
  onClose: () => void;
};

/** The sheets of the room, at most one at a time. */
export function RoomSheets({ sheet, view, clock, send, onSheet, onClose }: SheetsProps) {
  const people = useWords("presence");
  const words = useWords("turn");
  const hands = useWords("hands");
  const sheetWords = useWords("sheets");
  const leading = useWords("console");
  const completes = sheet?.kind === "deviation" && view.openSheet?.number === sheet.sheet ? view.openSheet : null;
  switch (sheet?.kind) {
    case "sign":
      return <SigningSheet key={`${sheet.act}-${sheet.step}`} {...sheet} view={view} send={send} onClose={onClose} />;
    case "deviation":
      return (
        <Sheet title={completes ? sheetWords("openTitle", { number: completes.number }) : words("deviationTitle")} open onClose={onClose}>
          <DeviationForm view={view} send={send} step={sheet.step} why={sheet.why} sheet={sheet.sheet} onDone={onClose} />
        </Sheet>
      );
    case "part":
      return (
        <Sheet title={words("partTitle")} open onClose={onClose} wide>
          <PartForm view={view} send={send} onDone={onClose} />
        </Sheet>
      );
    case "attest":
      return (
        <Sheet title={sheetWords("attestTitle")} open onClose={onClose} wide>
          <AttestForm key={sheet.step} step={sheet.step} view={view} send={send} onClose={onClose} />
        </Sheet>
      );
    case "begin-break":
      return (
        <Sheet title={people("beginTitle")} open onClose={onClose} wide>
          <BeginBreakForm view={view} send={send} onDone={onClose} />
        </Sheet>
      );
    case "end-break":
      return (
        <Sheet title={people("endTitle")} open onClose={onClose} wide>
          <EndBreakForm view={view} send={send} onDone={onClose} />
        </Sheet>
      );
    case "replace":
      return (
        <Sheet title={people("replaceTitle")} open onClose={onClose}>
          <ReplaceForm key={sheet.person} leaves={sheet.person} view={view} send={send} onDone={onClose} />
        </Sheet>
      );
    case "paper":
      return (
        <Sheet title={sheetWords("paperTitle")} open onClose={onClose} wide>
          <PaperForm view={view} send={send} onClose={onClose} />
        </Sheet>
      );
    case "reading":
      return (
        <Sheet title={sheetWords("readingTitle")} open onClose={onClose} wide>
          <ReadingOutForm view={view} send={send} onDone={onClose} />
        </Sheet>
      );
    case "initials":
      return (
        <Sheet title={sheetWords("initialsTitle")} open onClose={onClose} wide>
          <InitialsForm view={view} send={send} onDone={onClose} />
        </Sheet>
      );
    case "notebook":
      return (
        <Sheet title={sheetWords("notebook")} open onClose={onClose}>
          <NotebookForm view={view} send={send} onClose={onClose} />
        </Sheet>
      );
    case "stop":
      return (
        <Sheet title={words("stopTitle")} open onClose={onClose}>
          <StopForm send={send} onDone={onClose} />
        </Sheet>
      );
    case "abort":
      return (
        <Sheet title={words("abortTitle")} open onClose={onClose}>
          <AbortForm send={send} onDone={onClose} />
        </Sheet>
      );
    case "share":
      return (
        <Sheet title={hands("shareTitle")} open onClose={onClose}>
          <ShareForm view={view} onDone={onClose} />
        </Sheet>
      );
    case "people":
      return (
        <Sheet title={words("whoIsHere")} open onClose={onClose}>
          <PeopleList view={view} clock={clock} send={send} onSheet={onSheet} />
        </Sheet>
      );
    case "console":
      return (
        <Sheet title={leading("title")} open onClose={onClose}>
          <div className="space-y-5">
            <ConsolePanel view={view} />
            <LeadActs view={view} onSheet={onSheet} />
          </div>
        </Sheet>
      );
    case "help":
      return (
        <Sheet title={words("keysTitle")} open onClose={onClose}>
          <KeysList view={view} />
        </Sheet>
      );
    case undefined:
      return null;
  }
}
