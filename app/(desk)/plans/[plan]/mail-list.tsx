"use client";

import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Nothing } from "#components/page-heading";
import { useWords } from "#components/words";
import { MAIL_KINDS } from "#lib/conduct/plan-ports";
import type { PlanMail } from "#lib/conduct/plan-view";
import { ProblemNotice } from "../../../problem-notice";
import { useAsking } from "./use-asking";

/** How mails have fared: sent, waiting, or not delivered, with the reason and the next try. */
export function MailList({ mails, administrates }: { mails: readonly PlanMail[]; administrates: boolean }) {
  const words = useWords("plans");
  const { busy, problem, send } = useAsking();
  if (mails.length === 0) return <Nothing>{words("noMails")}</Nothing>;
  return (
    <>
      <ProblemNotice problem={problem} className="mb-4" />
      <ul className="divide-y divide-rule border-y border-rule">
        {mails.map((mail) => (
          <li key={mail.id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-2">
            <span className="min-w-0">
              {mail.name} <span className="text-quiet">{words(`mailKinds.${kindOf(mail)}`)}</span>{" "}
              <Fared mail={mail} />
            </span>
            {administrates && mail.failure !== null ? (
              <Button
                size="small"
                aria-disabled={busy}
                aria-label={words("mailAgainNamed", { name: mail.name })}
                onClick={() => void send(`/api/mails/${mail.id}/try`, {})}
              >
                {words("mailAgain")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

const kindOf = ({ kind }: PlanMail) => MAIL_KINDS.find((one) => one === kind) ?? "answer";

function Fared({ mail: { sentAt, failure, nextTryAt } }: { mail: PlanMail }) {
  const words = useWords("plans");
  if (sentAt !== null) {
    return (
      <>
        {words("mailSent")} <DayAndTime at={sentAt} />
      </>
    );
  }
  if (failure === null) return words(nextTryAt === null ? "mailOvertaken" : "mailWaits");
  return (
    <span className="text-halt">
      <span className="[overflow-wrap:anywhere]">{words("mailFails", { reason: failure })}</span>;{" "}
      {nextTryAt === null ? (
        words("mailNever")
      ) : (
        <>
          {words("mailNext")} <DayAndTime at={nextTryAt} />
        </>
      )}
    </span>
  );
}
