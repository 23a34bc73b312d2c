import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#components/button";
import { ExactLines } from "#components/exact-lines";
import { FactList } from "#components/fact-list";
import { TextField } from "#components/field";
import { HashBlock } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { originOf } from "#lib/wiring/parts";
import { findLeaf, logsSeen, type LogSeen } from "#lib/wiring/transparency-log";
import type { AreaWords } from "#lib/words/words";
import { LanguageChoice } from "../language-choice";
import { pageWords } from "../page-words";

type Words = AreaWords<"log">;

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("log"))("title") });

/** The transparency log for people, signed in or not: what it is now, how to watch it, and the proof of one leaf. */
export default async function LogPage({ searchParams }: { searchParams: Promise<{ hash?: string | string[] }> }) {
  const [{ hash }, logs, words] = await Promise.all([searchParams, logsSeen(), pageWords("log")]);
  const asked = typeof hash === "string" ? hash.replaceAll(/\s/g, "").toLowerCase() : "";
  return (
    <div className="mx-auto flex min-h-[calc(100dvh-var(--frames))] max-w-4xl flex-col px-4 py-8 md:px-8">
      <header className="mb-6">
        <Link href="/" className="inline-flex min-h-11 items-center text-lg font-bold tracking-tight">
          Claviger
        </Link>
      </header>
      <main id="main" className="flex-1">
        <PageHeading title={words("title")}>{words("about")}</PageHeading>
        {logs.length === 0 ? (
          <Nothing>
            <p className="font-semibold">{words("none")}</p>
            <p>{words("noneWhy")}</p>
          </Nothing>
        ) : (
          <>
            <PageSection title={words("find")} id="find">
              <form action="/log" className="flex flex-wrap items-start gap-4">
                <TextField
                  label={words("hash")}
                  hint={words("hashHint")}
                  className="basis-full md:flex-1 md:basis-0"
                  name="hash"
                  defaultValue={asked}
                  required
                  spellCheck={false}
                />
                <Button type="submit" className="md:mt-6">
                  {words("look")}
                </Button>
              </form>
              {asked === "" ? null : <Found hash={asked} words={words} />}
            </PageSection>
            {logs.map((log) => (
              <LogNow key={log.origin} log={log} words={words} />
            ))}
          </>
        )}
      </main>
      <footer className="no-print mt-8">
        <LanguageChoice />
      </footer>
    </div>
  );
}

async function Found({ hash, words }: { hash: string; words: Words }) {
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    return (
      <Notice look="wait" title={words("malformed")} className="mt-4">
        <p>{words("malformedWhy")}</p>
      </Notice>
    );
  }
  const found = await findLeaf(hash);
  if (!found) {
    return (
      <Notice look="wait" title={words("unknown")} className="mt-4">
        <p>{words("unknownWhy")}</p>
      </Notice>
    );
  }
  const { index, origin, leaf, place } = found;
  return (
    <Notice look="plain" title={words("found", { index: String(index), origin })} className="mt-4">
      <p>{words("foundWhy")}</p>
      <FactList facts={[{ name: words("leaf"), value: leaf, measured: true }]} />
      <p className="pt-2">
        <Button asChild>
          <a href={`${place}/proof/${leaf}.tlog-proof`} download={`${leaf.slice(0, 16)}.tlog-proof`}>
            {words("download")}
          </a>
        </Button>
      </p>
    </Notice>
  );
}

function LogNow({ log: { mode, origin, place, checkpoint }, words }: { log: LogSeen; words: Words }) {
  if (!checkpoint) {
    return (
      <PageSection title={words(mode)} id={mode}>
        <FactList facts={[{ name: words("origin"), value: origin, measured: true }]} />
        <p className="mt-3 text-quiet">{words("empty")}</p>
      </PageSection>
    );
  }
  const address = `${originOf()}${place}`;
  const key = `npx claviger log key --trust trust-anchor.pem --origin ${origin}`;
  const monitor = `npx claviger log monitor ${address} --key KEY --state FOLDER --every 300`;
  return (
    <PageSection title={words(mode)} id={mode}>
      <div className="space-y-5">
        <FactList
          facts={[
            { name: words("origin"), value: origin, measured: true },
            { name: words("leaves"), value: String(checkpoint.size), measured: true },
            { name: words("files"), value: address, measured: true },
          ]}
        />
        <HashBlock of={words("root")} hex={checkpoint.root} />
        <figure>
          <figcaption className="text-sm text-quiet">{words("checkpoint")}</figcaption>
          <ExactLines text={checkpoint.note} label={words("checkpoint")} className="mt-1" />
        </figure>
        {checkpoint.cosignatures.length === 0 ? (
          <p className="text-quiet">{words("uncosigned")}</p>
        ) : (
          <div>
            <p className="text-sm text-quiet">{words("cosigned")}</p>
            <ul>
              {checkpoint.cosignatures.map(({ witness, at }) => (
                <li key={witness} className="[overflow-wrap:anywhere]">
                  {words.rich("cosignedBy", { witness, at: () => <DayAndTime at={at} /> })}
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="space-y-1">
          <h3 className="font-semibold">{words("watch")}</h3>
          <p>{words("watchKey")}</p>
          <ExactLines text={key} label={words("watchKey")} className="mt-1" />
          <p className="pt-2">{words("watchMonitor")}</p>
          <ExactLines text={monitor} label={words("watchMonitor")} className="mt-1" />
        </div>
      </div>
    </PageSection>
  );
}
