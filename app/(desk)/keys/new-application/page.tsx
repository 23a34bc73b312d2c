import { notFound, redirect } from "next/navigation";
import { PageHeading } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { editionPage } from "#lib/wiring/accounts";
import { lookAt } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../page-words";
import { EditionForm } from "../applications/edition-form";
import { BackLink } from "../back-link";

export const generateMetadata = async () => ({ title: (await pageWords("accounts"))("form.newTitle") });

export default async function NewApplicationPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/keys/new-application");
  if (!me.roles.includes("administrator")) notFound();
  await lookAt(me, "keys/new-application");
  const [{ choices, usualEnd }, words] = await Promise.all([editionPage(null), pageWords("accounts")]);
  return (
    <>
      <BackLink href="/keys/applications">{words("back")}</BackLink>
      <PageHeading title={words("form.newTitle")}>{words("form.about")}</PageHeading>
      <EditionForm grant={null} account={null} edition={1} choices={choices} usualEnd={usualEnd} />
    </>
  );
}
