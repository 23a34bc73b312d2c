import { FilePlus2, Keyboard, NotebookPen, OctagonX, Users } from "lucide-react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import type { RoomSheet } from "./room-sheet";

/** Who is here, and what everybody may always do: note a deviation, and stop. */
export function PeopleBar({ view, onSheet }: { view: RoomView; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("turn");
  const hands = useWords("hands");
  const people = useWords("presence");
  const missing = view.people.filter(({ checked, away }) => checked === null || away).length;
  const present = view.people.length - missing;
  const may = (act: string) => view.mine.some((mine) => mine.act === act);
  return (
    <div className="flex items-center gap-2 border-t border-rule bg-paper px-3 py-1.5 md:gap-3 md:px-6">
      <button
        type="button"
        onClick={() => {
          onSheet({ kind: "people" });
        }}
        className="flex min-h-11 min-w-0 cursor-pointer items-center gap-2 rounded-[3px] px-1 hover:bg-sunken"
      >
        <span className="sr-only">{words("whoIsHereBefore")}</span>
        <Users aria-hidden="true" className="size-5 shrink-0" />
        <span className="clock text-sm xl:hidden">
          {present}/{view.people.length}
        </span>
        <span className="hidden gap-1 xl:flex">
          {view.people.map(({ person, initials, checked, away, name }) => (
            <span
              key={person}
              title={name}
              className={`grid size-8 place-items-center rounded-full border text-xs font-semibold ${checked && !away ? "border-ink" : "border-dashed border-edge text-quiet"}`}
            >
              {initials}
            </span>
          ))}
        </span>
      </button>
      {missing > 0 ? <span className="hidden text-sm text-quiet md:inline">{people("missing", { count: missing })}</span> : null}
      <span className="flex-1" />
      <button
        type="button"
        onClick={() => {
          onSheet({ kind: "help" });
        }}
        className="hidden size-11 cursor-pointer place-items-center rounded-[3px] hover:bg-sunken lg:grid"
        aria-label={words("keys")}
      >
        <Keyboard aria-hidden="true" className="size-5" />
      </button>
      {view.hands === null && view.me && ["operator", "administrator"].includes(view.me.role) && view.phase !== "closed" ? (
        <Button
          look="quiet"
          className="hidden text-sm lg:inline-flex"
          onClick={() => {
            onSheet({ kind: "share" });
          }}
        >
          {hands("share")}
        </Button>
      ) : null}
      {may("abort") ? (
        <Button
          look="quiet"
          className="hidden text-sm sm:inline-flex"
          onClick={() => {
            onSheet({ kind: "abort" });
          }}
        >
          {words("abortButton")}
        </Button>
      ) : null}
      <BreakButton view={view} onSheet={onSheet} />
      {view.me?.role === "witness" ? <NotebookButton onSheet={onSheet} /> : null}
      {view.turn?.act !== "read-out" && may("read-out") ? <ReadingButton onSheet={onSheet} /> : null}
      {may("note-deviation") ? (
        <Button
          onClick={() => {
            onSheet({ kind: "deviation", step: view.current, why: null });
          }}
        >
          <FilePlus2 aria-hidden="true" />
          <span className="md:hidden" aria-hidden="true">
            {words("deviation")}
          </span>
          <span className="max-md:sr-only">{words("deviationTitle")}</span>
        </Button>
      ) : null}
      {may("stop") ? (
        <Button
          look="stop"
          onClick={() => {
            onSheet({ kind: "stop" });
          }}
        >
          <OctagonX aria-hidden="true" />
          {words("stopButton")}
        </Button>
      ) : null}
    </div>
  );
}

/** For a break that the script does not have, or to come back before anybody is asked to. */
function BreakButton({ view, onSheet }: { view: RoomView; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("presence");
  const kind = (["begin-break", "end-break"] as const).find((act) => view.turn?.act !== act && view.mine.some((one) => one.act === act));
  if (!kind) return null;
  return (
    <Button
      look="quiet"
      className="hidden text-sm sm:inline-flex"
      onClick={() => {
        onSheet({ kind });
      }}
    >
      {words(kind === "begin-break" ? "breakButton" : "breakEnd")}
    </Button>
  );
}

function NotebookButton({ onSheet }: { onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("sheets");
  return (
    <Button
      className="px-3"
      onClick={() => {
        onSheet({ kind: "notebook" });
      }}
    >
      <NotebookPen aria-hidden="true" />
      <span className="max-md:sr-only">{words("notebook")}</span>
    </Button>
  );
}

/** To close the printed sheets where nothing has to be read, or to read them as the one who leads. */
function ReadingButton({ onSheet }: { onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("sheets");
  return (
    <Button
      look="quiet"
      className="hidden text-sm sm:inline-flex"
      onClick={() => {
        onSheet({ kind: "reading" });
      }}
    >
      {words("readingTitle")} …
    </Button>
  );
}
