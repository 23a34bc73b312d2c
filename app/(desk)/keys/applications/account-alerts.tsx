import Link from "next/link";
import { Button } from "#components/button";
import { Notice } from "#components/notice";
import { askedOfMe, type AccountSight } from "#lib/conduct/account-view";
import type { EndingAlias } from "#lib/conduct/ending-aliases";
import { pageWords } from "../../../page-words";

type AlertsProps = { accounts: readonly AccountSight[]; ending: readonly EndingAlias[] };

/**
 * Grants that whoever looks is asked to sign, applications whose time ends within a week, and names behind which the last key does;
 * nothing where there is nothing.
 */
export async function AccountAlerts({ accounts, ending }: AlertsProps) {
  const [words, desk] = await Promise.all([pageWords("accounts"), pageWords("desk")]);
  return (
    <>
      {askedOfMe(accounts).map(({ hash, grant: { account, edition } }) => (
        <section
          key={hash}
          className="flex flex-wrap items-center justify-between gap-4 border-l-4 border-turn bg-turn-wash px-5 py-4"
          aria-label={words("alert.awaits", { account, edition })}
        >
          <div className="min-w-0">
            <p className="text-sm font-bold tracking-[0.08em] text-turn uppercase">{desk("yourWord")}</p>
            <p className="text-lg">{words("alert.read", { account, edition })}</p>
          </div>
          <Button look="turn" size="large" asChild>
            <Link href={`/keys/applications/${account}`}>{words("alert.open")}</Link>
          </Button>
        </section>
      ))}
      {accounts.map(({ account, endsIn }) =>
        endsIn === null ? null : (
          <Notice key={account} look="wait" title={words("alert.ends", { account })}>
            <p>{words("endsIn", { days: endsIn })}</p>
            <Link href={`/keys/applications/${account}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
              {words("one.now")}
            </Link>
          </Notice>
        ),
      )}
      {ending.map((one) => (
        <EndingAliasNotice key={`${one.account}/${one.alias}`} ending={one} />
      ))}
    </>
  );
}

/** An application that a rotation has not reached: it stops when its last key does. */
export async function EndingAliasNotice({ ending: { account, alias, daysLeft } }: { ending: EndingAlias }) {
  const words = await pageWords("accounts");
  return (
    <Notice look={daysLeft === null ? "halt" : "wait"} title={words("alias.ends", { account, alias })}>
      <p>{daysLeft === null ? words("alias.over") : words("alias.endsIn", { days: daysLeft })}</p>
      <p>{words("alias.must")}</p>
      <Link href={`/keys/applications/${account}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
        {words("alias.toAccount", { account })}
      </Link>
    </Notice>
  );
}
