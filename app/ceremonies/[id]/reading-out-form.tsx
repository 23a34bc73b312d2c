"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import { EXCEPTION_SHEETS } from "#lib/ceremony/exception-sheets";
import type { RoomView } from "#lib/conduct/room";
import { SheetText } from "./exception-sheets";
import { useDraftOf } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

const PRINTED = Array.from({ length: EXCEPTION_SHEETS }, (_, i) => i + 1);

/** Every sheet in its order, large enough to read aloud; then which printed ones nobody needed. */
export function ReadingOutForm({ view, send, onDone }: { view: RoomView; send: Send; onDone: () => void }) {
  const words = useWords("sheets");
  // What stands here is what is read: a sheet that is noted meanwhile was not, and the rules will say so.
  const [sheets] = useState(view.deviations);
  const [unused, setUnused] = useDraftOf<readonly number[]>("reading-out/unused", PRINTED);
  const { sending, problem, submit } = useSending(send, "reading-out");
  const say = async () => {
    if (await submit({ act: "read-out", deviations: sheets.map(({ seq }) => seq), unused })) onDone();
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
      <fieldset>
        <legend className="mb-1 font-semibold">{words("unusedLegend")}</legend>
        <div className="flex flex-wrap gap-x-6">
          {PRINTED.map((number) => (
            <label key={number} className="flex min-h-11 items-center gap-2">
              <input
                type="checkbox"
                className="size-5"
                checked={unused.includes(number)}
                onChange={(event) => {
                  const { checked } = event.target;
                  setUnused(PRINTED.filter((one) => (one === number ? checked : unused.includes(one))));
                }}
              />
              {words("unusedSheet", { number })}
            </label>
          ))}
        </div>
      </fieldset>
      {problem}
      <Button look="turn" size="large" type="submit" data-first aria-disabled={sending}>
        {sending ? words("writing") : words("readDone")}
      </Button>
    </form>
  );
}
