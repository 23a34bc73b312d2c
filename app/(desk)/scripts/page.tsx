import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Button } from "#components/button";
import { HashHex } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { ruleInWords } from "#lib/ceremony/script";
import type { ScriptLine } from "#lib/conduct/desk";
import * as wiring from "#lib/wiring";
import { shippedScripts } from "#lib/wiring/shipped-scripts";
import { groupsOf, type ScriptGroup } from "./edition-groups";

export const metadata: Metadata = { title: "Scripts" };

export default async function ScriptsPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/scripts");
  const groups = groupsOf(await wiring.scripts());
  const writes = me.roles.includes("administrator");
  return (
    <>
      <PageHeading
        title="Scripts"
        act={
          writes ? (
            <Button asChild look={groups.length === 0 ? "turn" : "plain"}>
              <Link href="/scripts/edit">Write a script</Link>
            </Button>
          ) : null
        }
      >
        The reviewed texts that ceremonies perform. An edition is known by its hash and never changes; a change is a new edition.
      </PageHeading>
      {groups.length === 0 ? (
        <Nothing>
          None yet. A script is YAML: acts of steps, what is read aloud, what is asked of the token, and who must agree.
        </Nothing>
      ) : null}
      <ul className="mb-10">
        {groups.map((group) => (
          <li key={group.script} className="border-t border-ink py-5">
            <ScriptEntry group={group} writes={writes} />
          </li>
        ))}
      </ul>
      {writes ? <StartingPoints /> : null}
    </>
  );
}

const LINK = "underline decoration-edge underline-offset-4 hover:decoration-ink";

function ScriptEntry({ group: { newest, editions }, writes }: { group: ScriptGroup; writes: boolean }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-lg font-semibold">
          <Link href={`/scripts/${newest.hash}`} className={LINK}>
            {newest.title}, edition {newest.edition}
          </Link>
        </h2>
        {writes ? (
          <Link href={`/scripts/edit?from=${newest.hash}`} className={`${LINK} text-sm`}>
            Write edition {newest.edition + 1}
          </Link>
        ) : null}
      </div>
      <p className="spoken max-w-prose">{newest.purpose}</p>
      <p className="mt-1 text-sm text-quiet">
        {ruleInWords(newest.quorum)} · about {newest.minutes} minutes
      </p>
      <ol aria-label={`Editions of ${newest.title}`} className="mt-3 divide-y divide-rule border-y border-rule text-sm">
        {editions.map((edition, i) => (
          <EditionLine key={edition.hash} edition={edition} before={editions[i + 1] ?? null} />
        ))}
      </ol>
    </>
  );
}

function EditionLine({ edition, before }: { edition: ScriptLine; before: ScriptLine | null }) {
  return (
    <li className="grid gap-x-6 gap-y-0.5 py-2 md:grid-cols-[6rem_11rem_1fr_auto]">
      <Link
        href={`/scripts/${edition.hash}`}
        aria-label={`${edition.title}, edition ${String(edition.edition)}: read it`}
        className={LINK}
      >
        Edition {edition.edition}
      </Link>
      <span className="text-quiet">
        <DayAndTime at={edition.createdAt} />
      </span>
      <span className="min-w-0 text-quiet">
        <HashHex hex={edition.hash.slice(0, 32)} /> …
      </span>
      {before ? (
        <Link href={`/scripts/${edition.hash}/changes`} className={LINK}>
          Changes since edition {before.edition}
        </Link>
      ) : (
        <span className="text-quiet">the first</span>
      )}
    </li>
  );
}

/** What comes with the project: reviewed by its authors, to be made one's own. */
function StartingPoints() {
  return (
    <PageSection title="Start from a script that comes with Claviger" id="starting-points">
      <ul className="grid gap-x-10 md:grid-cols-2">
        {shippedScripts().map(({ name, title, purpose }) => (
          <li key={name} className="border-b border-rule py-3">
            <Link href={`/scripts/edit?start=${name}`} className={`${LINK} font-semibold`}>
              {title}
            </Link>
            <p className="spoken text-[0.95rem]">{purpose}</p>
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
