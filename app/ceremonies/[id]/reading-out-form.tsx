"use client";

import { useId, useState } from "react";
import { Button } from "#components/button";
import { TickBox } from "#components/tick-box";
import { useWords } from "#components/words";
import { PRINTED_SHEETS, printedSheet } from "#lib/ceremony/exception-sheets";
import type { RoomView } from "#lib/conduct/room";
import { SheetText } from "./exception-sheets";
import { useDraftOf } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

const NONE: readonly number[] = [];

/**
 * Every sheet in its order, large enough to read aloud; then which printed ones were closed unused: a fact about paper, which no
 * program knows, so nothing is ticked before somebody does it.
 */
export function ReadingOutForm({ view, send, onDone }: { view: RoomView; send: Send; onDone: () => void }) {
  const words = useWords("sheets");
  // What stands here is what is read: a sheet that is noted meanwhile was not, and the rules will say so.
  const [sheets] = useState(view.deviations);
  const [unused, setUnused] = useDraftOf<readonly number[]>("reading-out/unused", NONE);
  const [none, setNone] = useState(false);
  const [unsaid, setUnsaid] = useState(false);
  const [about, missing] = [useId(), useId()];
  const { sending, problem, submit } = useSending(send, "reading-out");
  const say = async () => {
    // What nobody was asked of paper would read afterwards as if nobody had closed any.
    setUnsaid(unused.length === 0 && !none);
    if (unused.length === 0 && !none) return;
    if (await submit({ act: "read-out", deviations: sheets.map(({ seq }) => seq).sort((a, b) => a - b), unused })) onDone();
  };
  return (
    <form
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      <p>{words(sheets.length > 0 ? "readingAbout" : "nothingNoted")}</p>
      <ol className="spoken space-y-6 text-lg leading-relaxed">
        {sheets.map((sheet) => (
          <li key={sheet.seq}>
            <SheetText sheet={sheet} view={view} />
          </li>
        ))}
      </ol>
      <fieldset aria-describedby={unsaid ? `${about} ${missing}` : about}>
        <legend className="mb-1 font-semibold">{words("unusedLegend")}</legend>
        <p id={about} className="text-sm text-quiet">
          {words("unusedAbout")}
        </p>
        <div className="flex flex-wrap gap-x-6">
          <TickBox
            label={words("unusedAll")}
            checked={unused.length === PRINTED_SHEETS.length}
            onTick={(checked) => {
              setNone(false);
              setUnused(checked ? PRINTED_SHEETS : NONE);
            }}
          />
          {PRINTED_SHEETS.map((number) => (
            <TickBox
              key={number}
              label={printedSheet(number)}
              checked={unused.includes(number)}
              onTick={(checked) => {
                setNone(false);
                setUnused(PRINTED_SHEETS.filter((one) => (one === number ? checked : unused.includes(one))));
              }}
            />
          ))}
          <TickBox
            label={words("unusedNone")}
            checked={none}
            onTick={(checked) => {
              setNone(checked);
              setUnused(NONE);
            }}
          />
        </div>
        {unsaid && unused.length === 0 && !none ? (
          <p id={missing} role="alert" className="text-halt">
            {words("unusedSay")}
          </p>
        ) : null}
      </fieldset>
      {problem}
      <Button look="turn" size="large" type="submit" data-first aria-disabled={sending}>
        {sending ? words("writing") : words(sheets.length > 0 ? "readDone" : "closedDone")}
      </Button>
    </form>
  );
}
