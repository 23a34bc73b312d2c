import { notFound, redirect } from "next/navigation";
import { PageHeading } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { editionPage } from "#lib/wiring/accounts";
import { lookAt } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../../../page-words";
import { BackLink } from "../../../back-link";
import { EditionForm } from "../../edition-form";

export const generateMetadata = async () => ({ title: (await pageWords("accounts"))("title") });

export default async function NextEditionPage({ params }: { params: Promise<{ account: string }> }) {
  const me = await wiring.signedIn();
  const { account } = await params;
  if (!me) redirect(`/sign-in?next=/keys/applications/${account}/edition`);
  const [page, words] = await Promise.all([me.roles.includes("administrator") ? editionPage(account) : null, pageWords("accounts")]);
  if (!page || page.next === 1) notFound();
  await lookAt(me, `keys/applications/${account}/edition`);
  return (
    <>
      <BackLink href={`/keys/applications/${account}`}>{account}</BackLink>
      <PageHeading title={words("form.nextTitle", { account })}>
        {words("form.about")} {words("form.whole")}
      </PageHeading>
      <EditionForm grant={page.grant} account={account} edition={page.next} choices={page.choices} usualEnd={page.usualEnd} />
    </>
  );
}
