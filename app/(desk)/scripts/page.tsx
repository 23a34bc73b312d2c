import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { HashHex } from "#components/hash-block";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { ruleInWords } from "#lib/conduct/room-names";
import * as wiring from "#lib/wiring";
import { AddScript } from "./add-script";

export const metadata: Metadata = { title: "Scripts" };

export default async function ScriptsPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/scripts");
  const scripts = await wiring.scripts();
  return (
    <>
      <PageHeading title="Scripts">The reviewed texts that ceremonies perform. An edition is known by its hash and never changes; a change is a new edition.</PageHeading>
      {scripts.length === 0 ? <Nothing>None yet. A script is YAML: acts of steps, what is read aloud, what is asked of the token, and who must agree.</Nothing> : null}
      <ul className="mb-10 border-t border-rule">
        {scripts.map((script) => (
          <li key={script.hash} className="border-b border-rule py-4">
            <Link href={`/scripts/${script.hash}`} className="text-lg font-semibold underline decoration-edge underline-offset-4 hover:decoration-ink">
              {script.title}, edition {script.edition}
            </Link>
            <p className="spoken max-w-prose">{script.purpose}</p>
            <p className="mt-1 text-sm text-quiet">
              {ruleInWords(script.quorum)} · about {script.minutes} minutes
            </p>
            <HashHex hex={script.hash} className="text-sm text-quiet" />
          </li>
        ))}
      </ul>
      {me.roles.includes("administrator") ? (
        <PageSection title="Add an edition">
          <AddScript />
        </PageSection>
      ) : null}
    </>
  );
}
