import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { PageHeading, PageSection } from "#components/page-heading";
import { scriptChanges } from "#lib/script-source/script-changes";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { wordsIn } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../../../page-words";
import { editionBefore } from "../../edition-groups";
import { TextChanges } from "../../text-changes";

type ChangesProps = { params: Promise<{ hash: string }>; searchParams: Promise<{ since?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await pageWords("scripts"))("changes.page") };
}

/** What an edition changes: in sentences for whoever approves it, line by line for whoever wrote it. */
export default async function ScriptChangesPage({ params, searchParams }: ChangesProps) {
  const { hash } = await params;
  const { since } = await searchParams;
  const me = await wiring.signedIn();
  if (!me) redirect(`/sign-in?next=/scripts/${hash}/changes`);
  const [text, lines] = await Promise.all([wiring.script(hash), wiring.scripts()]);
  if (!text) notFound();
  const { script } = text;
  const others = lines.filter((line) => line.script === script.script && line.hash !== hash);
  const chosen = typeof since === "string" ? others.find((line) => line.hash === since) : editionBefore(lines, script);
  const before = chosen && (await wiring.script(chosen.hash));
  if (!before) notFound();
  await lookAt(me, `scripts/${hash}/changes`);
  const language = await pageLanguage();
  const words = wordsIn(language).of("scripts");
  const sentences = scriptChanges(before.script, script, wordsIn(language));
  return (
    <>
      <PageHeading title={words("changes.title", { title: script.title, before: before.script.edition, after: script.edition })}>
        <nav aria-label={words("changes.compare")} className="flex flex-wrap gap-x-4 gap-y-1">
          <Link href={`/scripts/${hash}`} className="text-ink underline underline-offset-4">
            {words("changes.read", { edition: script.edition })}
          </Link>
          {others.map((line) => (
            <Link
              key={line.hash}
              href={`/scripts/${hash}/changes?since=${line.hash}`}
              aria-current={line.hash === before.hash ? "page" : undefined}
              className={line.hash === before.hash ? "font-semibold text-ink" : "text-ink underline underline-offset-4"}
            >
              {words("changes.since", { edition: line.edition })}
            </Link>
          ))}
        </nav>
      </PageHeading>
      <PageSection title={words("changes.inWords")} id="in-words">
        {sentences.length === 0 ? (
          <p>{words("changes.nothing")}</p>
        ) : (
          <ul className="max-w-prose list-disc space-y-1 pl-5">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </PageSection>
      <PageSection title={words("changes.lineByLine")} id="line-by-line">
        <TextChanges before={before.yaml} after={text.yaml} empty={words("changes.sameText")} language={language} />
      </PageSection>
    </>
  );
}
