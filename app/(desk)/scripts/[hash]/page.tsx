import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { HashBlock } from "#components/hash-block";
import { PageHeading, PageSection } from "#components/page-heading";
import { PrintForm } from "#components/print-form";
import { Translations, textsIn } from "#components/translations";
import { translationsOf } from "#lib/ceremony/translated";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { rehearsalsOf } from "#lib/wiring/rehearsals";
import { quorumIn } from "#lib/words/quorum-in";
import { wordsIn } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../../page-words";
import { EndorsementPanel } from "../../endorsement-panel";
import { LookAgain } from "../../look-again";
import { RehearsalList } from "../../rehearsal-list";
import { editionBefore } from "../edition-groups";
import { PaperScript } from "../paper-script";

type ScriptProps = { params: Promise<{ hash: string }> };

export async function generateMetadata() {
  return { title: (await pageWords("scripts"))("one") };
}

const LINK = "text-ink underline decoration-edge underline-offset-4 hover:decoration-ink";

export default async function ScriptPage({ params }: ScriptProps) {
  const { hash } = await params;
  const language = await pageLanguage();
  const me = await wiring.signedIn();
  if (!me) redirect(`/sign-in?next=/scripts/${hash}`);
  const [text, lines, standing, rehearsals] = await Promise.all([
    wiring.script(hash),
    wiring.scripts(),
    wiring.standing(),
    rehearsalsOf(hash, me.person, language),
  ]);
  if (!text) notFound();
  await lookAt(me, `scripts/${hash}`);
  // A rehearsal asks nobody.
  const endorsement = standing.mode === "production" ? await wiring.scriptEndorsement(hash, me.person) : null;
  const { script } = text;
  const { title, edition, witnesses, minutes, expires } = script;
  const translations = translationsOf(script.in);
  const words = wordsIn(language).of("scripts");
  const before = editionBefore(lines, script);
  return (
    <>
      <PageHeading
        title={words("named", { title, edition })}
        act={<PrintForm action={`/api/scripts/${hash}/print`} people={peopleAtTable(script)} />}
      >
        <Translations of={textsIn(translations, "title")} className="spoken text-xl" />
        <p className="spoken mt-1 text-lg">{script.purpose}</p>
        <Translations of={textsIn(translations, "purpose")} className="spoken" />
        <p className="mt-2">
          {words("inShort", {
            quorum: quorumIn(wordsIn(language), script.quorum),
            witnesses: witnesses.least,
            minutes,
            expires: expires.minutes,
          })}
        </p>
        <p className="no-print mt-2 flex flex-wrap gap-x-5 gap-y-1">
          {before ? (
            <Link href={`/scripts/${hash}/changes`} className={LINK}>
              {words("changesSince", { edition: before.edition })}
            </Link>
          ) : null}
          {me.roles.includes("administrator") ? (
            <Link href={`/scripts/edit?from=${hash}`} className={LINK}>
              {words("writeNext")}
            </Link>
          ) : null}
        </p>
      </PageHeading>
      <div className="mb-8 border-y-2 border-ink py-4">
        <HashBlock of={words("hashOf")} hex={text.hash} />
      </div>
      {endorsement ? (
        <div className="no-print mb-8">
          {endorsement.reached ? null : <LookAgain />}
          <EndorsementPanel line={endorsement} me={me.person} />
        </div>
      ) : null}
      <div className="no-print">
        <PageSection title={words("rehearsals")} id="rehearsals">
          <RehearsalList lines={rehearsals} />
        </PageSection>
      </div>
      <div className="grid gap-10 xl:grid-cols-2">
        <section aria-label={words("onPaper")} className="min-w-0">
          <PaperScript script={script} language={language} />
        </section>
        <section aria-label={words("asWritten")} className="no-print min-w-0">
          <h2 className="mb-3 border-b border-ink pb-1 text-sm font-semibold">{words("asWritten")}</h2>
          <pre
            tabIndex={0}
            aria-label={words("yamlOf")}
            className="measured max-h-[80dvh] overflow-auto border border-rule bg-sheet p-4 text-[0.8rem] leading-relaxed whitespace-pre-wrap xl:sticky xl:top-6"
          >
            {text.yaml}
          </pre>
        </section>
      </div>
    </>
  );
}

/** A copy for everybody the script asks for: operator, custodians, witnesses, and the auditor's. */
const peopleAtTable = ({ quorum, witnesses }: { quorum: { of: number }; witnesses: { least: number } }): number =>
  2 + quorum.of + witnesses.least;
