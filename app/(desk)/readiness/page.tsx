import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Nothing, PageHeading } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { readiness } from "#lib/wiring/readiness";
import { pageWords } from "../../page-words";
import { LookAgain } from "../look-again";
import { DutiesSection } from "./duties-section";
import { PasskeysSection } from "./passkeys-section";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords("readiness"))("title") };
}

export default async function ReadinessPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/readiness");
  await lookAt(me, "readiness");
  const [words, view, { mode }] = await Promise.all([pageWords("readiness"), readiness(me.person), wiring.standing()]);
  return (
    <>
      <LookAgain />
      <PageHeading title={words("title")}>{words(mode === "production" ? "intro" : "rehearsalIntro")}</PageHeading>
      {view ? (
        <>
          {view.custodian ? null : <p className="mb-8 text-quiet">{words("notCustodian")}</p>}
          <DutiesSection view={view} me={me.person} />
          <PasskeysSection view={view} me={me.person} />
        </>
      ) : (
        <Nothing>{words("noRoster")}</Nothing>
      )}
    </>
  );
}
