import { DayAndTime } from "#components/moment";
import { Nothing, PageSection } from "#components/page-heading";
import { renewalMatter } from "#lib/conduct/keep-renewed-record";
import { deskPorts } from "#lib/wiring/desk";
import { pageWords } from "../../../../page-words";
import { RenewalForm } from "./renewal-form";

type Panel = { ceremony: string; mayHandIn: boolean; names: ReadonlyMap<string, string> };

/** Editions of a record with later time stamps over them, and where to hand in the next. */
export async function RenewalPanel({ ceremony, mayHandIn, names }: Panel) {
  const [matter, words] = await Promise.all([deskPorts().matters.find(renewalMatter(ceremony)), pageWords("audit")]);
  return (
    <PageSection title={words("renewals")} id="renewal">
      {matter === null ? <Nothing>{words("renewalNone")}</Nothing> : null}
      <ul className="mb-4 space-y-2">
        {matter?.events.map((event) =>
          event.kind === "record-renewed" ? (
            <li key={event.event}>
              <DayAndTime at={event.at} />{" "}
              <a
                href={`/api/audit/files/${event.facts.file.sha256}?matter=${encodeURIComponent(matter.matter)}`}
                download={event.facts.file.name}
                className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4"
              >
                {words("renewalLine", { who: names.get(event.by) ?? event.by })}
              </a>
              <span className="measured block text-sm text-quiet [overflow-wrap:anywhere]">{event.facts.file.sha256}</span>
            </li>
          ) : null,
        )}
      </ul>
      {mayHandIn ? <RenewalForm ceremony={ceremony} /> : null}
    </PageSection>
  );
}
