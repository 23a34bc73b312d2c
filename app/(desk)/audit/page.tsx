import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#components/button";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Nothing } from "#components/page-heading";
import { filterQuery } from "#lib/conduct/desk-filter";
import type { Mode } from "#lib/ceremony/roles";
import { atDesk, deskNames, deskRecords } from "#lib/wiring/desk-looks";
import { pageWords } from "../../page-words";
import { addressOf, asked, type SearchParams } from "./asked";
import { FilterForm } from "./filter-form";
import { PageTurner } from "./page-turner";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("title") });

/** Every closed ceremony and its record, to be searched and opened. */
export default async function RecordsPage({ searchParams }: { searchParams: SearchParams }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  const [{ filter, page }, names, words] = await Promise.all([asked(searchParams), deskNames(), pageWords("audit")]);
  const { found, pages, shown } = await deskRecords(who.by, filter, page);
  const query = filterQuery(filter);
  return (
    <section aria-label={words("records")}>
      <FilterForm action="/audit" filter={filter} names={names} of="records" />
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="font-semibold">
          {words("found", { n: found })}
        </p>
        {found > 0 && who.roles.includes("auditor") ? (
          <span className="no-print flex flex-wrap gap-3">
            <Button asChild size="small">
              <Link href={`/audit/samples?of=records&${query}`}>{words("drawFrom")}</Link>
            </Button>
            <Button asChild size="small">
              <Link href={`/audit/files?${query}`}>{words("putIntoFile")}</Link>
            </Button>
          </span>
        ) : null}
      </div>
      {shown.length === 0 ? <Nothing>{words("nothing")}</Nothing> : null}
      <ul>
        {shown.map(({ ceremony, title, mode, result, closedAt, sha256, destroyedAt }) => (
          <li key={ceremony} className="border-b border-rule">
            <Link
              href={`/audit/records/${ceremony}`}
              className="group flex flex-wrap items-baseline gap-x-5 gap-y-1 py-3 hover:bg-sunken"
            >
              <span className="min-w-0 flex-1 basis-64">
                <span className="text-lg font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">
                  {title}
                </span>
                <span className="measured block text-sm text-quiet">{ceremony}</span>
              </span>
              <ModeMark mode={mode as Mode} />
              <span className="w-44 shrink-0 text-sm">
                {words(result === "aborted" ? "aborted" : "completed")}
                {sha256 === null ? (
                  <span className="block text-quiet">{words(destroyedAt === null ? "unsealed" : "gone")}</span>
                ) : (
                  <span className="measured block text-quiet">{sha256.slice(0, 16)}</span>
                )}
              </span>
              <span className="w-44 shrink-0 text-sm text-quiet">{closedAt === null ? null : <DayAndTime at={closedAt} />}</span>
            </Link>
          </li>
        ))}
      </ul>
      <PageTurner page={page} pages={pages} href={addressOf("/audit", filter)} />
    </section>
  );
}
