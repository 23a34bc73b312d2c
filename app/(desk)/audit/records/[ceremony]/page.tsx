import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Button } from "#components/button";
import { FactList } from "#components/fact-list";
import { HashBlock } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Nothing, PageSection } from "#components/page-heading";
import type { Mode } from "#lib/ceremony/roles";
import { keptRecord } from "#lib/wiring/desk";
import { atDesk, deskNames, noteDeskVisit, verifications } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../../page-words";
import { CheckHere } from "./check-here";
import { RenewalPanel } from "./renewal-panel";
import { RetentionPanel } from "./retention-panel";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("toRecord") });

/** One record: taken along, checked in the auditor's own browser, and how long it is kept. */
export default async function RecordPage({ params }: { params: Promise<{ ceremony: string }> }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  const { ceremony } = await params;
  const kept = await keptRecord(ceremony);
  if (!kept) notFound();
  await noteDeskVisit(who.by, `records/${ceremony}`);
  const [said, names, words] = await Promise.all([verifications(ceremony), deskNames(), pageWords("audit")]);
  const { title, mode, result, openedAt, endedAt, record } = kept;
  return (
    <>
      <div className="mb-8 flex flex-wrap items-baseline gap-x-5 gap-y-2">
        <h2 className="spoken text-2xl font-semibold">{title}</h2>
        <ModeMark mode={mode as Mode} />
        <span>{words(result === "aborted" ? "aborted" : "completed")}</span>
        <span className="text-quiet">
          <DayAndTime at={openedAt} /> – <DayAndTime at={endedAt} />
        </span>
      </div>
      <PageSection title={words("record")} id="record">
        <FactList facts={[{ name: words("ceremony"), value: ceremony, measured: true }]} />
        {record === null ? null : (
          <div className="mt-3">
            <HashBlock of={words("sha")} hex={record.sha256} />
          </div>
        )}
        <div className="no-print mt-4 flex flex-wrap gap-3">
          {record === null ? null : (
            <Button asChild>
              <a href={`/api/ceremonies/${ceremony}/record`} download={`record-${ceremony}.pdf`}>
                {words("download")}
              </a>
            </Button>
          )}
          <Button asChild look="quiet">
            <Link href={`/audit/log?ceremony=${ceremony}`}>{words("linesOf")}</Link>
          </Button>
          <Button asChild look="quiet">
            <Link href={`/ceremonies/${ceremony}`}>{words("roomOf")}</Link>
          </Button>
        </div>
      </PageSection>
      {record !== null && who.roles.includes("auditor") ? (
        <PageSection title={words("check")} id="check">
          <CheckHere ceremony={ceremony} mode={mode as Mode} />
        </PageSection>
      ) : null}
      <PageSection title={words("checked")} id="checked">
        {said.length === 0 ? <Nothing>{words("checkedNone")}</Nothing> : null}
        <ul className="space-y-2">
          {said.map(({ at, by, holds, same, recorder, failed }) => (
            <li key={at} className="flex flex-wrap items-baseline gap-x-5">
              <span className="w-44 shrink-0 text-sm text-quiet">
                <DayAndTime at={at} />
              </span>
              <span className="min-w-0 flex-1 basis-64">
                {words(holds ? "saidHolds" : "saidFails", {
                  who: names.get(by) ?? by,
                  n: failed.length,
                  names: failed.join(", "),
                })}{" "}
                {same ? null : words("saidOther")}
              </span>
              <span className="measured text-sm text-quiet">{recorder.slice(0, 16)}</span>
            </li>
          ))}
        </ul>
      </PageSection>
      {record === null ? null : <RenewalPanel ceremony={ceremony} mayHandIn={who.roles.includes("administrator")} names={names} />}
      <RetentionPanel kept={kept} who={who} names={names} />
    </>
  );
}
