import type { Metadata } from "next";
import Link from "next/link";
import { Nothing, PageSection } from "#components/page-heading";
import { lastIn } from "#lib/conduct/matter";
import { isOverdue, requestState } from "#lib/conduct/request-documents";
import { deskPorts, mattersOf } from "#lib/wiring/desk";
import { atDesk, deskNames, noteDeskVisit } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../page-words";
import { AskForm } from "./ask-form";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("requests") });

/** What auditors asked for, and how far it is. */
export default async function RequestsPage() {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  await noteDeskVisit(who.by, "requests");
  const [requests, names, words] = await Promise.all([mattersOf("request"), deskNames(), pageWords("audit")]);
  const now = deskPorts().world.now().toISOString();
  return (
    <>
      {who.roles.includes("auditor") ? (
        <PageSection title={words("requestNew")} id="ask">
          <p className="mb-4 max-w-prose">{words("requestAbout")}</p>
          <AskForm />
        </PageSection>
      ) : null}
      <PageSection title={words("requests")} id="requests">
        {requests.length === 0 ? <Nothing>{words("requestNone")}</Nothing> : null}
        <ul>
          {requests.map((matter) => {
            const asked = lastIn(matter, "documents-requested");
            return asked ? (
              <li key={matter.matter} className="border-b border-rule">
                <Link href={`/audit/${matter.matter.replace(/^request/, "requests")}`} className="group flex flex-wrap items-baseline gap-x-5 gap-y-1 py-3 hover:bg-sunken">
                  <span className="min-w-0 flex-1 basis-64">
                    <span className="line-clamp-2 font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">
                      {asked.facts.text}
                    </span>
                    <span className="block text-sm text-quiet">
                      {words("requestBy", { who: names.get(asked.by) ?? asked.by, due: asked.facts.due })}
                    </span>
                  </span>
                  <span className="shrink-0">
                    {words(`requestState.${requestState(matter)}`)}
                    {isOverdue(matter, now) ? <span className="ml-2 font-semibold text-halt">{words("requestOverdue")}</span> : null}
                  </span>
                </Link>
              </li>
            ) : null;
          })}
        </ul>
      </PageSection>
    </>
  );
}
