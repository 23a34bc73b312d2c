import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Button } from "#components/button";
import { Notice } from "#components/notice";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { readsRegister } from "#lib/conduct/register-view";
import * as wiring from "#lib/wiring";
import { lookAtRegister } from "#lib/wiring/desk-looks";
import { registerSight } from "#lib/wiring/register";
import { REGION } from "#lib/words/language";
import { pageLanguage, pageWords } from "../../page-words";
import { LookAgain } from "../look-again";
import { FindingsSection } from "./findings-section";
import { KeyLine } from "./key-line";
import { KeyPicture } from "./key-picture";
import { UsedUpKeys } from "./used-up-keys";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("keys"))("title") });

const REPORTS = ["csv", "pdf", "cbom"] as const;

export default async function KeysPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/keys");
  if (!readsRegister(me.roles)) notFound();
  const takes = await lookAtRegister(me, "keys");
  const [sight, words, accountWords, language] = await Promise.all([
    registerSight(me.person),
    pageWords("keys"),
    pageWords("accounts"),
    pageLanguage(),
  ]);
  const held = sight.keys.filter(({ key }) => key.state !== "destroyed");
  const past = sight.keys.filter(({ key }) => key.state === "destroyed");
  const { refused } = sight.register;
  return (
    <>
      <LookAgain />
      <PageHeading
        title={words("title")}
        act={
          <Button asChild>
            <Link href="/keys/applications">{accountWords("title")}</Link>
          </Button>
        }
      >
        {words("about")}
      </PageHeading>
      <div className="mb-8 space-y-4 empty:hidden">
        {sight.unread.length > 0 ? (
          <Notice look="halt" title={words("unread", { n: sight.unread.length, ids: sight.unread.join(", ") })} />
        ) : null}
        <UsedUpKeys usedUp={sight.usedUp} words={words} />
        {refused.length > 0 ? <Notice look="plain" title={words("refused", { n: refused.length })} /> : null}
      </div>
      {sight.keys.length > 0 ? (
        <PageSection title={words("picture.title")}>
          <KeyPicture keys={sight.keys} at={sight.register.at} words={words} locale={REGION[language]} />
        </PageSection>
      ) : null}
      {sight.keys.length === 0 ? <Nothing>{words("none")}</Nothing> : null}
      {held.length > 0 ? (
        <PageSection title={words("held")}>
          <ul>
            {held.map((one) => (
              <KeyLine key={one.key.key} sight={one} rotation={sight.rotations.get(one.key.key)} />
            ))}
          </ul>
        </PageSection>
      ) : null}
      {past.length > 0 ? (
        <PageSection title={words("past")}>
          <ul>
            {past.map((one) => (
              <KeyLine key={one.key.key} sight={one} rotation={sight.rotations.get(one.key.key)} />
            ))}
          </ul>
        </PageSection>
      ) : null}
      <FindingsSection sight={sight} me={me.person} />
      {sight.keys.length > 0 ? (
        <PageSection title={words("report.title")}>
          {takes ? <Reports /> : <TakesPasskey />}
        </PageSection>
      ) : null}
    </>
  );
}

async function Reports() {
  const words = await pageWords("keys");
  return (
    <ul className="no-print flex flex-wrap gap-3">
      {REPORTS.map((form) => (
        <li key={form}>
          <Button asChild>
            <a href={`/api/keys/report/${form}`} download>
              {words(`report.${form}`)}
            </a>
          </Button>
        </li>
      ))}
    </ul>
  );
}

async function TakesPasskey() {
  const words = await pageWords("audit");
  return (
    <Notice look="wait" title={words("lookOnly")}>
      <p>{words("lookOnlyWhy")}</p>
    </Notice>
  );
}
