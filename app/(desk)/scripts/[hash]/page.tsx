import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { HashBlock } from "#components/hash-block";
import { PageHeading, PageSection } from "#components/page-heading";
import { PrintForm } from "#components/print-form";
import { ruleInWords } from "#lib/ceremony/script";
import * as wiring from "#lib/wiring";
import { rehearsalsOf } from "#lib/wiring/rehearsals";
import { pageLanguage } from "../../../page-words";
import { EndorsementPanel } from "../../endorsement-panel";
import { LookAgain } from "../../look-again";
import { RehearsalList } from "../../rehearsal-list";
import { editionBefore } from "../edition-groups";
import { PaperScript } from "../paper-script";

type ScriptProps = { params: Promise<{ hash: string }> };

export const metadata: Metadata = { title: "Script" };

const LINK = "text-ink underline decoration-edge underline-offset-4 hover:decoration-ink";

export default async function ScriptPage({ params }: ScriptProps) {
  const { hash } = await params;
  const me = await wiring.signedIn();
  if (!me) redirect(`/sign-in?next=/scripts/${hash}`);
  const [text, lines, standing, rehearsals] = await Promise.all([
    wiring.script(hash),
    wiring.scripts(),
    wiring.standing(),
    rehearsalsOf(hash, me.person, await pageLanguage()),
  ]);
  if (!text) notFound();
  // A rehearsal asks nobody.
  const endorsement = standing.mode === "production" ? await wiring.scriptEndorsement(hash, me.person) : null;
  const { script } = text;
  const before = editionBefore(lines, script);
  return (
    <>
      <PageHeading
        title={`${script.title}, edition ${String(script.edition)}`}
        act={<PrintForm action={`/api/scripts/${hash}/print`} people={peopleAtTable(script)} />}
      >
        <p className="spoken text-lg">{script.purpose}</p>
        <p className="mt-2">
          {ruleInWords(script.quorum)} · at least {script.witnesses.least} witnesses · about {script.minutes} minutes · a step
          waits at most {script.expires.minutes} minutes for its signatures
        </p>
        <p className="no-print mt-2 flex flex-wrap gap-x-5 gap-y-1">
          {before ? (
            <Link href={`/scripts/${hash}/changes`} className={LINK}>
              Changes since edition {before.edition}
            </Link>
          ) : null}
          {me.roles.includes("administrator") ? (
            <Link href={`/scripts/edit?from=${hash}`} className={LINK}>
              Write the next edition
            </Link>
          ) : null}
        </p>
      </PageHeading>
      <div className="mb-8 border-y-2 border-ink py-4">
        <HashBlock of="SHA-256 of the canonical script: what it is known by" hex={text.hash} />
      </div>
      {endorsement ? (
        <div className="no-print mb-8">
          {endorsement.reached ? null : <LookAgain />}
          <EndorsementPanel line={endorsement} me={me.person} />
        </div>
      ) : null}
      <div className="no-print">
        <PageSection title="Rehearsals of this text" id="rehearsals">
          <RehearsalList lines={rehearsals} />
        </PageSection>
      </div>
      <div className="grid gap-10 xl:grid-cols-2">
        <section aria-label="As on paper" className="min-w-0">
          <PaperScript script={script} />
        </section>
        <section aria-label="As written" className="no-print min-w-0">
          <h2 className="mb-3 border-b border-ink pb-1 text-sm font-semibold">As written</h2>
          <pre
            tabIndex={0}
            aria-label="YAML of the script"
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
