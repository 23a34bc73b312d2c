import type { ReactNode } from "react";
import { Notice } from "#components/notice";
import { PageHeading } from "#components/page-heading";
import { atDesk } from "#lib/wiring/desk-looks";
import { pageWords } from "../../page-words";
import { DeskPlaces } from "./desk-places";

/** The auditor's desk: for auditors and administrators who signed in with their own passkey. Each page asks again for itself. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  const [who, words] = await Promise.all([atDesk(), pageWords("audit")]);
  if (who === null || who === "look-only") {
    return (
      <>
        <PageHeading title={words("title")} />
        <Notice look="wait" title={words(who === null ? "notYours" : "lookOnly")}>
          <p>{words(who === null ? "notYoursWhy" : "lookOnlyWhy")}</p>
        </Notice>
      </>
    );
  }
  return (
    <>
      <PageHeading title={words("title")}>{words("about")}</PageHeading>
      <DeskPlaces />
      {children}
    </>
  );
}
