import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";
import { USUAL_DAYS } from "#lib/conduct/usual-period";
import type { RegisterAlerts } from "#lib/wiring/register";
import { pageWords } from "../../page-words";
import { UsedUpKeys } from "./used-up-keys";

/** What of keys and tokens somebody has to see to; nothing where there is nothing. */
export async function KeyAlerts({ findings, silent, broken, due, endless, usedUp, drafts }: RegisterAlerts) {
  const words = await pageWords("keys");
  return (
    <>
      {findings > 0 ? (
        <Notice look="halt" title={words("findings.open", { n: findings })}>
          <Link href="/keys#findings" className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
            {words("findings.home")}
          </Link>
        </Notice>
      ) : null}
      <SilentTokens silent={silent} />
      <BrokenChains broken={broken} />
      <UsedUpKeys usedUp={usedUp} words={words} />
      {drafts.map(({ plan, title }) => (
        <Notice key={plan} look="wait" title={words("rotation.waits", { title })}>
          <Link href={`/plans/${plan}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
            {words("rotation.look")}
          </Link>
        </Notice>
      ))}
      {due.map(({ key, due: state, daysLeft }) => (
        <Notice key={key.key} look={state === "lapsed" ? "halt" : "wait"} title={key.label}>
          <p>{state === "lapsed" ? words("lapsed") : words("lapsing", { days: daysLeft ?? 0 })}</p>
          <Link href={`/keys/${key.key}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
            {words("one.facts")}
          </Link>
        </Notice>
      ))}
      {endless.map(({ key, daysOver }) => (
        <Notice key={key.key} look="wait" title={key.label}>
          <p>{words("endless", { state: words(`state.${key.state}`), days: daysOver, example: daysOver + USUAL_DAYS })}</p>
          <Link href={`/keys/${key.key}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
            {words("one.facts")}
          </Link>
        </Notice>
      ))}
    </>
  );
}

/** Tokens that hold keys and that nobody compares any more. */
export async function SilentTokens({ silent }: Pick<RegisterAlerts, "silent">) {
  const words = await pageWords("keys");
  return silent.map(({ token, listedAt, due }) => (
    <Notice key={token} look="halt" title={words("silent.title", { token })}>
      <p>{listedAt === null ? words("silent.never") : words.rich("silent.since", { time: () => <DayAndTime at={listedAt} /> })}</p>
      <p>{words.rich("silent.due", { time: () => <DayAndTime at={due} /> })}</p>
    </Notice>
  ));
}

/** Listings that somebody took away, or put beside others. */
export async function BrokenChains({ broken }: Pick<RegisterAlerts, "broken">) {
  const words = await pageWords("keys");
  return broken.map(({ token, recorder, why, listing, at }) => (
    <Notice key={listing} look="halt" title={words("broken.title", { token })}>
      <p>{words.rich(`broken.${why}`, { time: () => <DayAndTime at={at} /> })}</p>
      <p>{words("broken.must")}</p>
      <p className="measured text-sm [overflow-wrap:anywhere]">{words("broken.ids", { listing, recorder })}</p>
    </Notice>
  ));
}
