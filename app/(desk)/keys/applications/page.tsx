import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import type { AccountSight } from "#lib/conduct/account-view";
import { readsRegister } from "#lib/conduct/register-view";
import * as wiring from "#lib/wiring";
import { accounts } from "#lib/wiring/accounts";
import { lookAtRegister } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../page-words";
import { LookAgain } from "../../look-again";
import { BackLink } from "../back-link";
import { AccountMark } from "./account-mark";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("accounts"))("title") });

export default async function ApplicationsPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/keys/applications");
  if (!readsRegister(me.roles)) notFound();
  await lookAtRegister(me, "keys/applications");
  const [all, words] = await Promise.all([accounts(me.person), pageWords("accounts")]);
  const propose = (
    <Button asChild>
      <Link href="/keys/new-application">{words("form.propose")}</Link>
    </Button>
  );
  return (
    <>
      <LookAgain />
      <BackLink href="/keys">{words("toKeys")}</BackLink>
      <PageHeading title={words("title")} act={me.roles.includes("administrator") ? propose : undefined}>
        {words("about")}
      </PageHeading>
      <PageSection title={words("title")}>
        {all.length === 0 ? <Nothing>{words("none")}</Nothing> : null}
        <ul>
          {all.map((account) => (
            <AccountLine key={account.account} sight={account} />
          ))}
        </ul>
      </PageSection>
      <PageSection title={words("proves.title")}>
        <p className="max-w-prose">{words("proves.about")}</p>
      </PageSection>
    </>
  );
}

/** One application in the list: its keys by their names, how it stands, until when, and whose signatures are awaited. */
async function AccountLine({ sight }: { sight: AccountSight }) {
  const words = await pageWords("accounts");
  const { account, state, current, endsIn, awaited } = sight;
  const names = current?.grant.keys.map(({ alias }) => alias) ?? [];
  return (
    <li className="border-b border-rule">
      <Link href={`/keys/applications/${account}`} className="group flex flex-wrap items-baseline gap-x-5 gap-y-2 py-3 hover:bg-sunken">
        <span className="min-w-0 flex-1 basis-64">
          <span className="measured text-lg [overflow-wrap:anywhere] underline decoration-edge underline-offset-4 group-hover:decoration-ink">
            {account}
          </span>
          <span className="block text-sm text-quiet">{words("names", { n: names.length, names: names.join(", ") })}</span>
        </span>
        <span className="w-44 shrink-0">
          <AccountMark state={state}>{words(`state.${state}`)}</AccountMark>
        </span>
        <span className="w-64 shrink-0 text-sm text-quiet">
          {state === "in-force" && current ? (
            <span className={`block ${endsIn === null ? "" : "font-semibold text-wait"}`}>
              {endsIn === null ? words.rich("until", { time: () => <DayAndTime at={current.grant.until} /> }) : words("endsIn", { days: endsIn })}
            </span>
          ) : null}
          {awaited.map(({ hash, grant: { edition }, signatures }) => (
            <span key={hash} className="block">
              {signatures
                ? words("signed", { edition, signed: signatures.signed.length, needed: signatures.needed })
                : words("awaitedAt", { edition })}
            </span>
          ))}
        </span>
      </Link>
    </li>
  );
}
