"use client";

import { Check } from "lucide-react";
import { Button } from "#components/button";
import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import { notClosed, printedSheets } from "#lib/ceremony/exception-sheets";
import type { RoomView } from "#lib/conduct/room";
import type { DeviationView, OpenSheetView } from "#lib/conduct/sheet-view";
import { stepNumbered } from "./step-find";
import type { Send } from "./use-room";
import { WithholdForm } from "./withhold-form";
import { useSending } from "./use-sending";

/** The numbered exception sheets, each with its initials; mine are one key away. */
export function ExceptionSheets({ view, send }: { view: RoomView; send: Send }) {
  const words = useWords("sheets");
  const { readOut } = view;
  const left = notClosed(readOut?.unused ?? []);
  return (
    <>
      {view.deviations.length === 0 && !view.openSheet ? <p className="text-quiet">{words("none")}</p> : null}
      <ol className="space-y-5">
        {view.deviations.map((one) => (
          <li key={one.seq} className="print-whole text-sm">
            <SheetText sheet={one} view={view} />
            <SheetInitials sheet={one} view={view} send={send} />
          </li>
        ))}
      </ol>
      {view.openSheet ? <OpenSheet sheet={view.openSheet} view={view} /> : null}
      <WithholdForm view={view} send={send} />
      {readOut ? (
        <p className="mt-3 text-sm">
          {words.rich("readAt", { name: readOut.name, at: () => <ClockTime at={readOut.at} /> })}{" "}
          {readOut.unused.length > 0 ? words("unusedClosed", { numbers: printedSheets(readOut.unused) }) : null}{" "}
          {left.length > 0 ? words("unusedLeft", { numbers: printedSheets(left) }) : null}
        </p>
      ) : null}
    </>
  );
}

/** A sheet as it is read aloud: number and class, what was expected, what happened, what was decided and by whom. */
export function SheetText({ sheet, view }: { sheet: DeviationView; view: RoomView }) {
  const words = useWords("sheets");
  const step = stepNumbered(view, sheet.step);
  return (
    <>
      <p>
        <strong className={sheet.class === "D" ? "text-halt" : ""}>
          {words("sheet", { number: sheet.number, class: sheet.class })}, {words(`class${sheet.class}`)}
        </strong>{" "}
        <span className="text-quiet">
          {sheet.name}, <ClockTime at={sheet.at} />
          {sheet.openedAt ? <> · {words.rich("openedAt", { at: clockTime(sheet.openedAt) })}</> : null}
          {step ? ` · ${String(step.number)}. ${step.title}` : ""}
        </span>
      </p>
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-2">
        <dt className="text-quiet">{words("expected")}</dt>
        <dd>{sheet.expected}</dd>
        <dt className="text-quiet">{words("happened")}</dt>
        <dd>{sheet.happened}</dd>
        <dt className="text-quiet">{words("decided")}</dt>
        <dd>
          {sheet.decided}
          {sheet.decidedBy.length > 0 ? (
            <span className="text-quiet"> {words("decidedBy", { names: sheet.decidedBy.join(", ") })}</span>
          ) : null}
        </dd>
      </dl>
    </>
  );
}

/** What nobody has written yet: two readings that differ opened it, under its number. */
function OpenSheet({ sheet, view }: { sheet: OpenSheetView; view: RoomView }) {
  const words = useWords("sheets");
  const step = stepNumbered(view, sheet.step);
  return (
    <section className="print-whole mt-5 border-l-4 border-halt pl-3 text-sm">
      <p>
        <strong>{words("openSheet", { number: sheet.number })}</strong>{" "}
        <span className="text-quiet">
          {words.rich("openAt", { at: clockTime(sheet.at) })}
          {step ? ` ${String(step.number)}. ${step.title}` : ""}
        </span>
      </p>
      <p className="mt-1">{sheet.happened}</p>
    </section>
  );
}

const clockTime = (at: string) =>
  function At() {
    return <ClockTime at={at} />;
  };

function SheetInitials({ sheet, view, send }: { sheet: DeviationView; view: RoomView; send: Send }) {
  const words = useWords("sheets");
  const { sending, problem, submit } = useSending(send);
  const mine = view.mine.some((act) => act.act === "initial-deviations" && act.deviations.includes(sheet.seq));
  return (
    <div className="mt-1.5 space-y-1.5">
      {sheet.initials.length > 0 ? (
        <p className="flex items-baseline gap-1.5">
          <Check aria-hidden="true" className="size-3.5 shrink-0 self-center" />
          <span title={sheet.initials.map(({ name }) => name).join(", ")}>
            {words("initialsOf", { initials: sheet.initials.map(({ initials }) => initials).join(" ") })}
          </span>
        </p>
      ) : null}
      {sheet.missing.length > 0 ? (
        <p className="text-quiet">{words("initialsMissing", { names: sheet.missing.join(", ") })}</p>
      ) : null}
      {sheet.withheld.map(({ name, by, reason }) => (
        <p key={name}>{words("withheld", { name, by, reason })}</p>
      ))}
      {mine ? (
        <Button
          size="small"
          className="no-print"
          aria-disabled={sending}
          onClick={() => void submit({ act: "initial-deviations", deviations: [sheet.seq] })}
        >
          {sending ? words("writing") : words("initialSheet", { number: sheet.number })}
        </Button>
      ) : null}
      {problem}
    </div>
  );
}
