import { FilePlus2, Gauge, Keyboard, NotebookPen, OctagonX, Users } from "lucide-react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { deviationNow } from "./deviation-about";
import { AbortButton, BreakButton, ReadingButton, ShareButton } from "./lead-acts";
import { may } from "./may";
import { leads } from "./room-keys";
import type { RoomSheet } from "./room-sheet";

type BarProps = { view: RoomView; onSheet: (sheet: RoomSheet) => void };

/** Who is here, and what everybody may always do: note a deviation, and stop. On a phone in two lines where one is too short. */
export function PeopleBar({ view, onSheet }: BarProps) {
  const words = useWords("turn");
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-rule bg-paper px-3 py-1.5 md:gap-x-3 md:px-6">
      <WhoIsHere view={view} onSheet={onSheet} />
      <span className="ml-auto flex flex-wrap items-center gap-x-1 empty:hidden md:gap-x-3">
        <button
          type="button"
          onClick={() => {
            onSheet({ kind: "help" });
          }}
          className="grid size-11 cursor-pointer place-items-center rounded-[3px] hover:bg-sunken pointer-coarse:hidden"
          aria-label={words("keys")}
        >
          <Keyboard aria-hidden="true" className="size-5" />
        </button>
        <ShareButton view={view} onSheet={onSheet} className="hidden xl:inline-flex" />
        <AbortButton view={view} onSheet={onSheet} className="hidden sm:inline-flex" />
        <ReadingButton view={view} onSheet={onSheet} className="hidden sm:inline-flex" />
        {leads(view) ? <ConsoleButton onSheet={onSheet} /> : null}
        <BreakButton view={view} onSheet={onSheet} />
        {view.me?.role === "witness" ? <NotebookButton onSheet={onSheet} /> : null}
      </span>
      {may(view, "note-deviation") || may(view, "stop") ? (
        <span className="flex gap-2 max-sm:grow max-sm:*:grow md:gap-3">
          {may(view, "note-deviation") ? (
            <Button
              onClick={() => {
                onSheet(deviationNow(view));
              }}
            >
              <FilePlus2 aria-hidden="true" />
              <span className="md:hidden" aria-hidden="true">
                {words("deviation")}
              </span>
              <span className="max-md:sr-only">{words("deviationTitle")}</span>
            </Button>
          ) : null}
          {may(view, "stop") ? (
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
        </span>
      ) : null}
    </div>
  );
}

/** How many of how many are here and checked, and how many that leaves; more about them one tap away. */
function WhoIsHere({ view, onSheet }: BarProps) {
  const words = useWords("turn");
  const people = useWords("presence");
  const over = view.phase === "closed" || view.phase === "aborted";
  const missing = view.people.filter(({ away }) => away).length;
  const unchecked = view.people.filter(({ away, checked }) => !away && checked === null).length;
  return (
    <button
      type="button"
      onClick={() => {
        onSheet({ kind: "people" });
      }}
      className="flex min-h-11 min-w-0 cursor-pointer items-center gap-2 rounded-[3px] px-1 text-sm hover:bg-sunken"
    >
      <span className="sr-only">{words("whoIsHereBefore")}</span>
      <Users aria-hidden="true" className="size-5 shrink-0" />
      <span className="clock 2xl:hidden">
        {view.people.length - missing - unchecked}/{view.people.length}
      </span>
      <span className="hidden gap-1 2xl:flex">
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
      {missing > 0 && !over ? <span className="font-semibold whitespace-nowrap text-wait">{people("missing", { count: missing })}</span> : null}
      {unchecked > 0 && !over ? <span className="whitespace-nowrap text-quiet max-sm:hidden">{people("notChecked", { count: unchecked })}</span> : null}
    </button>
  );
}

/** Where the console does not stand beside the script anyway. */
function ConsoleButton({ onSheet }: Pick<BarProps, "onSheet">) {
  const words = useWords("console");
  return (
    <Button
      look="quiet"
      className="text-sm lg:hidden"
      onClick={() => {
        onSheet({ kind: "console" });
      }}
    >
      <Gauge aria-hidden="true" />
      <span className="max-sm:sr-only">{words("title")}</span>
    </Button>
  );
}

function NotebookButton({ onSheet }: Pick<BarProps, "onSheet">) {
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
