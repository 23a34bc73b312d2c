import { useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { SheetText } from "./exception-sheets";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";
import { WithholdForm } from "./withhold-form";

/** Every sheet that lacks my name, and my initials to all of them in one go. */
export function InitialsForm({ view, send, onDone }: { view: RoomView; send: Send; onDone: () => void }) {
  const words = useWords("sheets");
  // What stands here is what is initialled: a sheet that is noted meanwhile is asked for by itself.
  const [sheets] = useState(() => {
    const act = view.mine.find((mine) => mine.act === "initial-deviations");
    const bare = act?.act === "initial-deviations" ? act.deviations : [];
    return view.deviations.filter(({ seq }) => bare.includes(seq));
  });
  const { sending, problem, submit } = useSending(send, "initials");
  const initial = async () => {
    if (await submit({ act: "initial-deviations", deviations: sheets.map(({ seq }) => seq) })) onDone();
  };
  return (
    <div className="space-y-6">
      <p>{words("initialsAbout")}</p>
      <ol className="space-y-6">
        {sheets.map((sheet) => (
          <li key={sheet.seq}>
            <SheetText sheet={sheet} view={view} />
          </li>
        ))}
      </ol>
      {problem}
      <Button look="turn" size="large" data-first aria-disabled={sending} onClick={() => void initial()}>
        {sending ? words("writing") : words("initialAll", { count: sheets.length })}
      </Button>
      <WithholdForm view={view} send={send} />
    </div>
  );
}
