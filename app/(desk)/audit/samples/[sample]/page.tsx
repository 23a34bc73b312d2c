import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Button } from "#components/button";
import { ExactLines } from "#components/exact-lines";
import { FactList } from "#components/fact-list";
import { HashBlock } from "#components/hash-block";
import { PageSection } from "#components/page-heading";
import { filterInWords } from "#lib/conduct/filter-words";
import { lastIn, type MatterEvent } from "#lib/conduct/matter";
import { deskPorts } from "#lib/wiring/desk";
import { atDesk, deskNames, noteDeskVisit } from "#lib/wiring/desk-looks";
import { wordsIn } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../../../page-words";
import { ShowWordsForm } from "./show-words-form";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("audit"))("samples") });

/** One sample: what it is drawn from, its two halves of a seed, and what was drawn. */
export default async function SamplePage({ params }: { params: Promise<{ sample: string }> }) {
  const who = await atDesk();
  if (who === null || who === "look-only") return null;
  const { sample } = await params;
  const matter = await deskPorts().matters.find(`sample/${sample}`);
  const announced = matter && lastIn(matter, "sample-announced");
  if (!announced) notFound();
  await noteDeskVisit(who.by, `samples/${sample}`);
  const [names, words] = await Promise.all([deskNames(), pageWords("audit")]);
  const { of, filter, members, size, population } = announced.facts;
  const asked = filterInWords(filter, wordsIn(await pageLanguage()), names);
  const drawn = lastIn(matter, "sample-drawn");
  return (
    <>
      <PageSection title={`${words(of)}: ${words("sampleLine", { size, members })}`} id="sample">
        <FactList
          facts={[
            { name: words("sampleBy"), value: names.get(announced.by) ?? announced.by, measured: false },
            { name: words("at"), value: announced.at, measured: true },
            { name: words("sampleFilter"), value: asked ?? words("sampleAll"), measured: false },
            { name: words("samplePopulation"), value: population, measured: true },
            { name: words("sampleCommitment"), value: announced.facts.words, measured: true },
          ]}
        />
        <Button asChild className="no-print mt-4">
          <a href={`/api/audit/files/${population}?matter=${encodeURIComponent(matter.matter)}`} download>
            {words("samplePopulationFile")}
          </a>
        </Button>
      </PageSection>
      {drawn ? (
        <Drawn drawn={drawn} of={of} size={size} population={population} />
      ) : (
        <PageSection title={words("sampleShow")} id="show">
          {announced.by === who.by ? <ShowWordsForm matter={matter.matter} population={population} size={size} /> : <p>{words("sampleOthers")}</p>}
        </PageSection>
      )}
    </>
  );
}

type DrawnProps = { drawn: MatterEvent<"sample-drawn">; of: "records" | "log"; size: number; population: string };

async function Drawn({ drawn, of, size, population }: DrawnProps) {
  const words = await pageWords("audit");
  const { checkpoint, seed, drawn: members } = drawn.facts;
  const again = `npx claviger sample ${population}.json --seed ${seed} --size ${String(size)}`;
  return (
    <>
      <PageSection title={words("sampleResult")} id="result">
        <ol className="list-decimal space-y-1 pl-8">
          {members.map((member) => (
            <li key={member}>
              <Link
                href={of === "records" ? `/audit/records/${member}` : `/audit/log?${lineAddress(member)}`}
                className="measured underline decoration-edge underline-offset-4 [overflow-wrap:anywhere]"
              >
                {member}
              </Link>
            </li>
          ))}
        </ol>
      </PageSection>
      <PageSection title={words("sampleSeed")} id="seed">
        <div className="space-y-4">
          <HashBlock of={words("sampleSeed")} hex={seed} />
          <FactList
            facts={[
              { name: words("sampleShowWords"), value: drawn.facts.words, measured: true },
              { name: words("sampleCheckpoint"), value: words("sampleCheckpointOf", checkpoint), measured: true },
              { name: words("sampleRoot"), value: checkpoint.root, measured: true },
            ]}
          />
        </div>
      </PageSection>
      <PageSection title={words("sampleAgain")} id="again">
        <p className="max-w-prose">{words("sampleAgainAbout")}</p>
        <ExactLines text={again} label={words("sampleAgain")} className="mt-2" />
      </PageSection>
    </>
  );
}

/** An entry is looked for in its ceremony; an event by the part of the log it is in. */
const lineAddress = (member: string): string => {
  const [kind, ceremony] = member.split("/");
  return kind === "entry" ? `ceremony=${ceremony ?? ""}` : "";
};
