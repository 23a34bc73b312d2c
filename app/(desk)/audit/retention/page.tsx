import type { Metadata } from "next";
import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { ExactLines } from "#components/exact-lines";
import { Nothing } from "#components/page-heading";
import { isDue, type Ageing } from "#lib/record/ageing";
import { isOver, retentionOf } from "#lib/conduct/retention";
import { deskPorts, retentionLines } from "#lib/wiring/desk";
import { atDesk, noteDeskVisit } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../page-words";
import { addressOf, asked, type SearchParams } from "../asked";
import { PageTurner } from "../page-turner";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("retention") });

const RENEW = "npx claviger record renew RECORD.pdf --trust TRUST-ANCHOR.pem --url TSA-URL --tsa TSA.pem --out RENEWED.pdf";

/** Every record with the time it is kept, what holds it, and when it has to be renewed. */
export default async function RetentionPage({ searchParams }: { searchParams: SearchParams }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  await noteDeskVisit(who.by, "retention");
  const [{ page }, words] = await Promise.all([asked(searchParams), pageWords("audit")]);
  const { pages, shown } = await retentionLines(page);
  const now = deskPorts().world.now().toISOString();
  const due = shown.some(({ ageing }) => ageing !== null && isDue(ageing, now));
  return (
    <section aria-label={words("retention")}>
      <p className="mb-4 max-w-prose">{words("retentionAbout")}</p>
      {due ? (
        <div className="mb-6">
          <p>{words("renewalAbout")}</p>
          <ExactLines text={RENEW} label={words("renewalAbout")} className="mt-2" />
        </div>
      ) : null}
      {shown.length === 0 ? <Nothing>{words("retentionNone")}</Nothing> : null}
      <ul>
        {shown.map(({ kept, hold, ageing }) => {
          const retention = retentionOf(kept);
          return (
            <li key={kept.ceremony} className="border-b border-rule">
              <Link
                href={`/audit/records/${kept.ceremony}#retention`}
                className="group flex flex-wrap items-baseline gap-x-5 gap-y-1 py-3 hover:bg-sunken"
              >
                <span className="min-w-0 flex-1 basis-56">
                  <span className="font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">{kept.title}</span>
                  <span className="measured block text-sm text-quiet">{kept.ceremony}</span>
                </span>
                {kept.destroyed ? (
                  <span className="w-52 shrink-0">{words("gone")}</span>
                ) : (
                  <>
                    <span className="w-52 shrink-0 text-sm">
                      <span className="block text-quiet">{words("until")}</span>
                      {retention.until === null ? words(kept.keys === "unknown" ? "keysUnknown" : "untilKeys") : <DayAndTime at={retention.until} />}
                      {isOver(retention, now) ? <span className="block font-semibold">{words("over")}</span> : null}
                    </span>
                    <span className="w-40 shrink-0 text-sm">
                      <span className="block text-quiet">{words("hold")}</span>
                      {words(`holdState.${hold}`)}
                    </span>
                    <span className="w-52 shrink-0 text-sm">
                      <span className="block text-quiet">{words("renewal")}</span>
                      <Renewal ageing={ageing} now={now} />
                    </span>
                  </>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      <PageTurner page={page} pages={pages} href={addressOf("/audit/retention", {})} />
    </section>
  );
}

async function Renewal({ ageing, now }: { ageing: Ageing | null; now: string }) {
  const words = await pageWords("audit");
  if (ageing === null) return words("renewalUnread");
  return (
    <>
      <DayAndTime at={ageing.endsAt} />
      {isDue(ageing, now) ? <span className="ml-2 font-semibold text-wait">{words("renewalDue")}</span> : null}
      <span className="block text-quiet">{words(`renewalWhy.${ageing.what}`, { algorithm: ageing.algorithm })}</span>
    </>
  );
}
