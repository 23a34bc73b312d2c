import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { byteSize } from "#components/byte-size";
import { DayAndTime } from "#components/moment";
import { PageSection } from "#components/page-heading";
import { lastIn, newestOf } from "#lib/conduct/matter";
import { isOverdue, requestState } from "#lib/conduct/request-documents";
import { deskPorts } from "#lib/wiring/desk";
import { atDesk, deskNames, noteDeskVisit } from "#lib/wiring/desk-looks";
import { pageLanguage, pageWords } from "../../../../page-words";
import { AnswerForm } from "./answer-form";
import { ReceiptForm } from "./receipt-form";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("requests") });

/** One request: what was asked, what was handed over, and that it was received. */
export default async function RequestPage({ params }: { params: Promise<{ request: string }> }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  const { request } = await params;
  const { matters, world } = deskPorts();
  const matter = await matters.find(`request/${request}`);
  const asked = matter && lastIn(matter, "documents-requested");
  if (!asked) notFound();
  await noteDeskVisit(who.by, `requests/${request}`);
  const [names, words, language] = await Promise.all([deskNames(), pageWords("audit"), pageLanguage()]);
  const nameOf = (by: string) => names.get(by) ?? by;
  const answered = lastIn(matter, "documents-answered");
  const received = lastIn(matter, "documents-received");
  const state = requestState(matter);
  const seen = newestOf(matter).n;
  return (
    <>
      <PageSection title={words("requestAsked")} id="asked">
        <p className="text-sm text-quiet">
          <DayAndTime at={asked.at} />, {words("requestBy", { who: nameOf(asked.by), due: asked.facts.due })}
        </p>
        <p className="spoken mt-2 max-w-prose text-lg whitespace-pre-wrap">{asked.facts.text}</p>
        <p className="mt-2 font-semibold">
          {words(`requestState.${state}`)}
          {isOverdue(matter, world.now().toISOString()) ? <span className="ml-2 text-halt">{words("requestOverdue")}</span> : null}
        </p>
      </PageSection>
      {answered ? (
        <PageSection title={words("requestAnswered")} id="answered">
          <p className="text-sm text-quiet">
            <DayAndTime at={answered.at} />, {nameOf(answered.by)}
          </p>
          <p className="spoken mt-2 max-w-prose text-lg whitespace-pre-wrap">{answered.facts.text}</p>
          <ul className="mt-3 space-y-2">
            {answered.facts.files.map(({ name, sha256, size }) => (
              <li key={`${name}${sha256}`}>
                <a
                  href={`/api/audit/files/${sha256}?matter=${encodeURIComponent(matter.matter)}`}
                  download={name}
                  className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4"
                >
                  {name}
                </a>{" "}
                <span className="text-sm text-quiet">{byteSize(size, language)}</span>
                <span className="measured block text-sm text-quiet [overflow-wrap:anywhere]">{sha256}</span>
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
      {received ? (
        <PageSection title={words("requestReceived")} id="received">
          <p className="text-sm text-quiet">
            <DayAndTime at={received.at} />, {nameOf(received.by)}
          </p>
          <p className="mt-2">{received.facts.remark}</p>
        </PageSection>
      ) : null}
      {state === "open" && who.roles.includes("administrator") ? (
        <PageSection title={words("requestAnswer")} id="answer">
          <AnswerForm request={request} seen={seen} />
        </PageSection>
      ) : null}
      {state === "answered" && asked.by === who.by ? (
        <PageSection title={words("requestReceive")} id="receive">
          <ReceiptForm request={request} seen={seen} />
        </PageSection>
      ) : null}
    </>
  );
}
