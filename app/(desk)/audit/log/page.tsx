import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Nothing } from "#components/page-heading";
import { filterQuery } from "#lib/conduct/desk-filter";
import { kindInWords } from "#lib/conduct/kind-words";
import { atDesk, deskLog, deskNames } from "#lib/wiring/desk-looks";
import { wordsIn } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../../page-words";
import { addressOf, asked, type SearchParams } from "../asked";
import { FilterForm } from "../filter-form";
import { FoundPiece } from "../found-piece";
import { PageTurner } from "../page-turner";
import { LineProof, ProvableLines } from "./provable-lines";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("log") });

/** Entries of every transcript and events of the audit trail, the newest first. */
export default async function LogPage({ searchParams }: { searchParams: SearchParams }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  const [{ filter, page }, names, language] = await Promise.all([asked(searchParams), deskNames(), pageLanguage()]);
  const all = wordsIn(language);
  const words = all.of("audit");
  const { found, pages, shown } = await deskLog(who.by, filter, page);
  const nameOf = (by: string | null) =>
    by === null ? words("nobody") : by === "recorder" ? words("recorder") : (names.get(by) ?? by);
  return (
    <section aria-label={words("log")}>
      <FilterForm action="/audit/log" filter={filter} names={names} of="log" />
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="font-semibold">
          {words("found", { n: found })}
        </p>
        {found > 0 && who.roles.includes("auditor") ? (
          <Button asChild size="small" className="no-print">
            <Link href={`/audit/samples?of=log&${filterQuery(filter)}`}>{words("drawFrom")}</Link>
          </Button>
        ) : null}
      </div>
      {shown.length === 0 ? (
        <Nothing>{words("nothing")}</Nothing>
      ) : (
        <ProvableLines key={shown.map(({ id }) => id).join(" ")} shown={shown}>
          <ul>
            {shown.map(({ id, at, kind, by, ceremony, seq, event, hash, piece }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-5 gap-y-1 border-b border-rule py-2">
                <span className="w-44 shrink-0 text-sm text-quiet">
                  <DayAndTime at={at} />
                </span>
                <span className="min-w-0 flex-1 basis-56">
                  <span className="font-semibold">{kindInWords(kind, all) ?? kind}</span> <span>{nameOf(by)}</span>
                  <span className="measured block text-sm text-quiet [overflow-wrap:anywhere]">{kind}</span>
                  {piece === null ? null : <FoundPiece piece={piece} />}
                </span>
                <span className="min-w-0 text-sm text-quiet">
                  {ceremony === null ? (
                    words("ofEvent", { event: event ?? "" })
                  ) : (
                    <Link href={`/audit/log?ceremony=${ceremony}`} className="underline decoration-edge underline-offset-4">
                      {words("ofEntry", { ceremony, seq: String((seq ?? 0) + 1) })}
                    </Link>
                  )}
                  {hash === null ? null : (
                    <Link href={`/log?hash=${hash}`} className="measured block underline decoration-edge underline-offset-4">
                      {hash.slice(0, 16)}
                    </Link>
                  )}
                </span>
                <LineProof id={id} />
              </li>
            ))}
          </ul>
        </ProvableLines>
      )}
      <PageTurner page={page} pages={pages} href={addressOf("/audit/log", filter)} />
    </section>
  );
}
