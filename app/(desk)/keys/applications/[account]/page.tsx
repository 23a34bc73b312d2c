import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { readsRegister } from "#lib/conduct/register-view";
import * as wiring from "#lib/wiring";
import { accountPage } from "#lib/wiring/accounts";
import { lookAtRegister } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../../page-words";
import { EndorsementPanel } from "../../../endorsement-panel";
import { LookAgain } from "../../../look-again";
import { BackLink } from "../../back-link";
import { UsesSection } from "../../uses-section";
import { AccountMark } from "../account-mark";
import { EditionArticle } from "./edition-article";
import { GrantFactList } from "./grant-fact-list";
import { TakeBack } from "./take-back";
import { Withdraw } from "./withdraw";

export const generateMetadata = async () => ({ title: (await pageWords("accounts"))("title") });

export default async function ApplicationPage({ params }: { params: Promise<{ account: string }> }) {
  const me = await wiring.signedIn();
  const { account: id } = await params;
  if (!me) redirect(`/sign-in?next=/keys/applications/${id}`);
  if (!readsRegister(me.roles)) notFound();
  const [sight, words] = await Promise.all([accountPage(id, me.person), pageWords("accounts")]);
  if (!sight) notFound();
  const takes = await lookAtRegister(me, `keys/applications/${id}`);
  const { account, state, current, awaited, editions, next } = sight.one;
  const administers = me.roles.includes("administrator");
  return (
    <>
      <LookAgain />
      <BackLink href="/keys/applications">{words("back")}</BackLink>
      <PageHeading title={<span className="measured [overflow-wrap:anywhere]">{account}</span>}>
        <AccountMark state={state}>{words(`state.${state}`)}</AccountMark>{" "}
        {state === "in-force" && current ? words.rich("until", { time: () => <DayAndTime at={current.grant.until} /> }) : null}
      </PageHeading>
      <PageSection title={words("one.proposed")}>
        <div className="space-y-8">
          {awaited.length === 0 ? <Nothing>{words("one.noneProposed")}</Nothing> : null}
          {awaited.map((edition) => (
            <EditionArticle key={edition.hash} sight={edition} keys={sight.keys} nameOf={sight.nameOf}>
              {edition.changes === null ? <GrantFactList grant={edition.grant} keys={sight.keys} /> : null}
              {edition.signatures ? <EndorsementPanel line={edition.signatures} me={me.person} /> : null}
              {administers ? <Withdraw hash={edition.hash} /> : null}
            </EditionArticle>
          ))}
          {administers ? (
            <div className="space-y-4">
              <Button asChild>
                <Link href={`/keys/applications/${account}/edition`}>{words("one.next")}</Link>
              </Button>
              {current && current.grant.clients.length > 0 ? <TakeBack account={account} edition={next} /> : null}
            </div>
          ) : null}
        </div>
      </PageSection>
      <PageSection title={words("one.now")}>
        {current === null ? <Nothing>{words("one.nothing")}</Nothing> : null}
        {state === "lapsed" ? <Nothing>{words("one.over")}</Nothing> : null}
        {current ? <GrantFactList grant={current.grant} keys={sight.keys} /> : null}
      </PageSection>
      <PageSection title={words("one.history")}>
        <ol className="space-y-6">
          {editions.map((edition) => (
            <li key={edition.hash}>
              <EditionArticle sight={edition} keys={sight.keys} nameOf={sight.nameOf} />
            </li>
          ))}
        </ol>
      </PageSection>
      <UsesSection of={{ of: "account", id: account }} takes={takes} />
    </>
  );
}
