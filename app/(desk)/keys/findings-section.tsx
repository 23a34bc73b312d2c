import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";
import { Nothing, PageSection } from "#components/page-heading";
import type { FindingSight, RegisterSight } from "#lib/wiring/register";
import { pageWords } from "../../page-words";
import { AskForListing } from "./ask-for-listing";
import { ExplainFinding } from "./explain-finding";
import { BrokenChains, SilentTokens } from "./key-alerts";

/** What recorders found on their tokens: open findings first, each to be explained by somebody who signs it. */
export async function FindingsSection({ sight, me }: { sight: RegisterSight; me: string }) {
  const words = await pageWords("keys");
  const open = sight.findings.filter(({ finding }) => finding.explained === null);
  const closed = sight.findings.filter(({ finding }) => finding.explained !== null);
  return (
    <PageSection title={words("findings.title")} id="findings">
      <p className="mb-3 max-w-prose text-quiet">{words("findings.about")}</p>
      {sight.compared.length === 0 ? <Nothing>{words("findings.never")}</Nothing> : null}
      <div className="mb-4 space-y-4 empty:hidden">
        <SilentTokens silent={sight.silent} />
        <BrokenChains broken={sight.broken} />
      </div>
      <ul className="mb-4 space-y-1 text-sm">
        {sight.compared.map(({ token, at, objects }) => (
          <li key={token} className="measured [overflow-wrap:anywhere]">
            {words.rich("findings.compared", { token, n: objects, time: () => <DayAndTime at={at} /> })}
          </li>
        ))}
      </ul>
      <AskForListing />
      {open.length > 0 ? (
        <div className="mt-6">
          <Notice look="halt" title={words("findings.open", { n: open.length })}>
            <p>{words("findings.custodians")}</p>
          </Notice>
          <ul className="mt-4 space-y-6">
            {open.map((one) => (
              <li key={one.finding.finding}>
                <FindingText sight={one} />
                {sight.mayPropose ? <ExplainFinding finding={one.finding.finding} me={me} /> : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {closed.length > 0 ? (
        <details className="mt-6">
          <summary className="min-h-11 cursor-pointer py-2">{words("findings.past")}</summary>
          <ul className="space-y-6">
            {closed.map((one) => (
              <li key={one.finding.finding}>
                <FindingText sight={one} />
                {one.finding.explained ? (
                  <p className="spoken mt-1 text-lg">
                    {words.rich("findings.explained", {
                      person: sight.nameOf(one.finding.explained.person),
                      says: one.says ?? words("one.withheld"),
                      time: () => <DayAndTime at={one.finding.explained?.at ?? one.finding.at} />,
                    })}
                  </p>
                ) : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </PageSection>
  );
}

async function FindingText({ sight: { finding } }: { sight: FindingSight }) {
  const words = await pageWords("keys");
  const { difference, token, at, gone } = finding;
  return (
    <div className="border-l-4 border-halt pl-4">
      <p className="font-semibold">{words(`findings.${difference.kind}`)}</p>
      <p className="measured [overflow-wrap:anywhere]">
        {difference.key === null ? (
          difference.object
        ) : (
          <Link href={`/keys/${difference.key}`} className="underline decoration-edge underline-offset-4">
            {difference.object}
          </Link>
        )}
      </p>
      <ul>
        {difference.changes.map((change) => (
          <li key={change.name} className="measured text-sm">
            {words("findings.change", change)}
          </li>
        ))}
      </ul>
      <p className="text-sm text-quiet">
        <span className="measured">{words("one.serial", { serial: token })}</span> ·{" "}
        {words.rich("findings.found", { time: () => <DayAndTime at={at} /> })}
        {gone === null || finding.explained !== null ? null : <> · {words.rich("findings.gone", { time: () => <DayAndTime at={gone} /> })}</>}
      </p>
    </div>
  );
}
