import Link from "next/link";
import { redirect } from "next/navigation";
import { Button } from "#components/button";
import { HashHex } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import type { ScriptLine } from "#lib/conduct/desk";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { shippedScripts } from "#lib/wiring/shipped-scripts";
import { quorumIn } from "#lib/words/quorum-in";
import { wordsIn, type AreaWords, type Words } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../page-words";
import { groupsOf, type ScriptGroup } from "./edition-groups";

export async function generateMetadata() {
  return { title: (await pageWords("scripts"))("title") };
}

export default async function ScriptsPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/scripts");
  await lookAt(me, "scripts");
  const groups = groupsOf(await wiring.scripts());
  const writes = me.roles.includes("administrator");
  const all = wordsIn(await pageLanguage());
  const words = all.of("scripts");
  return (
    <>
      <PageHeading
        title={words("title")}
        act={
          writes ? (
            <Button asChild look={groups.length === 0 ? "turn" : "plain"}>
              <Link href="/scripts/edit">{words("write")}</Link>
            </Button>
          ) : null
        }
      >
        {words("intro")}
      </PageHeading>
      {groups.length === 0 ? (
        <Nothing>{words("none")}</Nothing>
      ) : null}
      <ul className="mb-10">
        {groups.map((group) => (
          <li key={group.script} className="border-t border-ink py-5">
            <ScriptEntry group={group} writes={writes} words={all} />
          </li>
        ))}
      </ul>
      {writes ? <StartingPoints title={words("startFrom")} /> : null}
    </>
  );
}

const LINK = "underline decoration-edge underline-offset-4 hover:decoration-ink";

type EntryProps = { group: ScriptGroup; writes: boolean; words: Words };

function ScriptEntry({ group: { newest, editions }, writes, words: all }: EntryProps) {
  const words = all.of("scripts");
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-lg font-semibold">
          <Link href={`/scripts/${newest.hash}`} className={LINK}>
            {words("named", { title: newest.title, edition: newest.edition })}
          </Link>
        </h2>
        {writes ? (
          <Link href={`/scripts/edit?from=${newest.hash}`} className={`${LINK} text-sm`}>
            {words("writeEdition", { edition: newest.edition + 1 })}
          </Link>
        ) : null}
      </div>
      <p className="spoken max-w-prose">{newest.purpose}</p>
      <p className="mt-1 text-sm text-quiet">
        {words("aboutMinutes", { quorum: quorumIn(all, newest.quorum), minutes: newest.minutes })}
      </p>
      <ol aria-label={words("editionsOf", { title: newest.title })} className="mt-3 divide-y divide-rule border-y border-rule text-sm">
        {editions.map((edition, i) => (
          <EditionLine key={edition.hash} edition={edition} before={editions[i + 1] ?? null} words={words} />
        ))}
      </ol>
    </>
  );
}

type EditionProps = { edition: ScriptLine; before: ScriptLine | null; words: AreaWords<"scripts"> };

function EditionLine({ edition, before, words }: EditionProps) {
  return (
    <li className="grid gap-x-6 gap-y-0.5 py-2 md:grid-cols-[6rem_11rem_1fr_auto]">
      <Link
        href={`/scripts/${edition.hash}`}
        aria-label={words("readIt", { title: edition.title, edition: edition.edition })}
        className={LINK}
      >
        {words("edition", { edition: edition.edition })}
      </Link>
      <span className="text-quiet">
        <DayAndTime at={edition.createdAt} />
      </span>
      <span className="min-w-0 text-quiet">
        <HashHex hex={edition.hash.slice(0, 32)} /> …
      </span>
      {before ? (
        <Link href={`/scripts/${edition.hash}/changes`} className={LINK}>
          {words("changesSince", { edition: before.edition })}
        </Link>
      ) : (
        <span className="text-quiet">{words("first")}</span>
      )}
    </li>
  );
}

/** What comes with the project: reviewed by its authors, to be made one's own. */
function StartingPoints({ title: heading }: { title: string }) {
  return (
    <PageSection title={heading} id="starting-points">
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
