import type { Metadata } from "next";
import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { Nothing, PageSection } from "#components/page-heading";
import { filterFrom } from "#lib/conduct/desk-filter";
import { lastIn } from "#lib/conduct/matter";
import { mattersOf } from "#lib/wiring/desk";
import { atDesk, deskNames, noteDeskVisit } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../page-words";
import type { SearchParams } from "../asked";
import { AnnounceForm } from "./announce-form";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("samples") });

/** Samples: announced, drawn, and those that were never drawn. */
export default async function SamplesPage({ searchParams }: { searchParams: SearchParams }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  await noteDeskVisit(who.by, "samples");
  const [said, samples, names, words] = await Promise.all([searchParams, mattersOf("sample"), deskNames(), pageWords("audit")]);
  return (
    <>
      {who.roles.includes("auditor") ? (
        <PageSection title={words("sampleNew")} id="announce">
          <p className="mb-4 max-w-prose">{words("sampleAbout")}</p>
          <AnnounceForm of={said["of"] === "log" ? "log" : "records"} filter={filterFrom(said)} />
        </PageSection>
      ) : null}
      <PageSection title={words("samples")} id="samples">
        {samples.length === 0 ? <Nothing>{words("sampleNone")}</Nothing> : null}
        <ul>
          {samples.map((matter) => {
            const announced = lastIn(matter, "sample-announced");
            if (!announced) return null;
            const { of, members, size } = announced.facts;
            return (
              <li key={matter.matter} className="border-b border-rule">
                <Link href={`/audit/${matter.matter.replace(/^sample/, "samples")}`} className="group flex flex-wrap items-baseline gap-x-5 gap-y-1 py-3 hover:bg-sunken">
                  <span className="min-w-0 flex-1 basis-64 font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">
                    {words(of)}: {words("sampleLine", { size, members })}
                  </span>
                  <span>{words(lastIn(matter, "sample-drawn") ? "sampleDrawn" : "sampleWaits")}</span>
                  <span className="text-sm">{names.get(announced.by) ?? announced.by}</span>
                  <span className="text-sm text-quiet">
                    <DayAndTime at={announced.at} />
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      </PageSection>
    </>
  );
}
