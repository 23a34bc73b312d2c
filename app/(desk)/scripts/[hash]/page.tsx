import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { HashBlock } from "#components/hash-block";
import { PageHeading } from "#components/page-heading";
import { ruleInWords } from "#lib/conduct/room-names";
import * as wiring from "#lib/wiring";
import { PaperScript } from "./paper-script";

type ScriptProps = { params: Promise<{ hash: string }> };

export const metadata: Metadata = { title: "Script" };

export default async function ScriptPage({ params }: ScriptProps) {
  const { hash } = await params;
  const me = await wiring.signedIn();
  if (!me) redirect(`/sign-in?next=/scripts/${hash}`);
  const text = await wiring.script(hash);
  if (!text) notFound();
  const { script } = text;
  return (
    <>
      <PageHeading title={`${script.title}, edition ${String(script.edition)}`}>
        <p className="spoken text-lg">{script.purpose}</p>
        <p className="mt-2">
          {ruleInWords(script.quorum)} · at least {script.witnesses.least} witnesses · about {script.minutes} minutes · a step waits at most {script.expires.minutes} minutes for its signatures
        </p>
      </PageHeading>
      <div className="mb-8 border-y-2 border-ink py-4">
        <HashBlock of="SHA-256 of the canonical script: what it is known by" hex={text.hash} />
      </div>
      <div className="grid gap-10 xl:grid-cols-2">
        <section aria-label="As on paper" className="min-w-0">
          <PaperScript script={script} />
        </section>
        <section aria-label="As written" className="no-print min-w-0">
          <h2 className="mb-3 border-b border-ink pb-1 text-sm font-semibold">As written</h2>
          <pre tabIndex={0} aria-label="YAML of the script" className="measured max-h-[80dvh] overflow-auto border border-rule bg-sheet p-4 text-[0.8rem] leading-relaxed whitespace-pre-wrap xl:sticky xl:top-6">
            {text.yaml}
          </pre>
        </section>
      </div>
    </>
  );
}
