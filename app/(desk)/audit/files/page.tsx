import type { Metadata } from "next";
import { Button } from "#components/button";
import { FactList } from "#components/fact-list";
import { DayAndTime } from "#components/moment";
import { Nothing, PageSection } from "#components/page-heading";
import { lastIn, type Matter } from "#lib/conduct/matter";
import { closable, destroyed, mattersOf } from "#lib/wiring/desk";
import { atDesk, deskNames, noteDeskVisit } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../page-words";
import { asked, type SearchParams } from "../asked";
import { CloseForm } from "./close-form";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("files") });

/** Closed audit files, and what the next one can be made of. */
export default async function FilesPage({ searchParams }: { searchParams: SearchParams }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  await noteDeskVisit(who.by, "files");
  const [{ filter }, files, names, words] = await Promise.all([asked(searchParams), mattersOf("file"), deskNames(), pageWords("audit")]);
  const [{ records, matters }, gone] = await Promise.all([closable(filter), destroyed()]);
  const choices = matters.map((matter) => ({
    id: matter.matter,
    name: words(`matter.${matter.matter.split("/")[0] as "sample"}`),
    says: saysOf(matter),
    at: matter.events[0].at,
  }));
  return (
    <>
      {who.roles.includes("auditor") ? (
        <PageSection title={words("fileNew")} id="close">
          <p className="mb-4 max-w-prose">{words("fileAbout")}</p>
          <CloseForm records={records} matters={choices} filter={filter} />
        </PageSection>
      ) : null}
      <PageSection title={words("files")} id="files">
        {files.length === 0 ? <Nothing>{words("fileNone")}</Nothing> : null}
        <ul className="space-y-6">
          {files.map((matter) => {
            const closed = lastIn(matter, "audit-file-closed");
            if (!closed) return null;
            const { title, manifest, archive, records: held, events } = closed.facts;
            return (
              <li key={matter.matter} className="space-y-2 border-l-4 border-ink pl-4">
                <p className="text-lg font-semibold">{title}</p>
                <p className="text-sm text-quiet">
                  <DayAndTime at={closed.at} />, {names.get(closed.by) ?? closed.by}.{" "}
                  {words("fileHolds", { records: held.length, events })}
                </p>
                <FactList
                  facts={[
                    { name: words("fileManifest"), value: manifest, measured: true },
                    { name: words("fileArchive"), value: archive.sha256, measured: true },
                  ]}
                />
                {held.some((ceremony) => gone.has(ceremony)) ? (
                  <p>{words("fileGone")}</p>
                ) : (
                  <Button asChild className="no-print">
                    <a href={`/api/audit/files/${archive.sha256}?matter=${encodeURIComponent(matter.matter)}`} download>
                      {words("fileDownload")}
                    </a>
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </PageSection>
    </>
  );
}

/** What tells one matter from another of its kind. */
function saysOf(matter: Matter): string {
  const { facts } = matter.events[0];
  if ("text" in facts) return facts.text;
  if ("reason" in facts) return facts.reason;
  return matter.matter.split("/")[1] ?? "";
}
