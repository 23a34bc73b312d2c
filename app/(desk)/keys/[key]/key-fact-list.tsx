import Link from "next/link";
import type { ReactNode } from "react";
import { DayAndTime } from "#components/moment";
import { attestationText, moduleOf } from "#lib/conduct/key-report-texts";
import type { KeySight } from "#lib/conduct/register-view";
import type { RegisteredKey } from "#lib/register/registered-key";
import { wordsIn } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../../page-words";

type FactsProps = { one: KeySight; record: string | null; nameOf: (person: string) => string };

/** What is known of a key: from its outcomes, and from the changes that a quorum signed. What nobody said is said to be so. */
export async function KeyFactList({ one, record, nameOf }: FactsProps) {
  const [words, language] = await Promise.all([pageWords("keys"), pageLanguage()]);
  const { key, may } = one;
  const text = (said: string | null) => (said === null ? words("one.unset") : said === "" ? words("one.withheld") : said);
  const days = (n: number | null) => (n === null ? words("one.unset") : words("one.days", { n }));
  const time = (at: string | null) => (at === null ? words("one.unset") : <DayAndTime at={at} />);
  const uses = (list: typeof key.uses) => list.map((use) => words(`use.${use}`)).join(", ");
  const rows: readonly (readonly [string, ReactNode, "measured"?])[] = [
    [words("one.kind"), words(`kind.${key.kind}`)],
    [words("one.algorithm"), key.algorithm, "measured"],
    [words("one.uses"), uses(key.uses)],
    [words("one.may"), may.length === 0 ? words("one.mayNothing") : uses(may)],
    [words("one.owner"), text(one.owner)],
    [words("one.purpose"), text(one.purpose)],
    [words("one.environment"), words(`environment.${key.environment}`)],
    [words("one.cryptoperiod"), days(key.cryptoperiodDays)],
    [words("one.activeSince"), time(key.activeSince)],
    [words("one.endsAt"), time(key.endsAt)],
    [words("one.processedUntil"), time(key.processedUntil)],
    ...(key.kind === "secret-key"
      ? ([[words("one.checkValue"), key.checkValue ?? words("one.noFingerprint"), "measured"]] as const)
      : []),
    [
      words("one.ceremony"),
      <Link key="c" href={`/ceremonies/${key.born.ceremony}`} className="underline decoration-edge underline-offset-4">
        {key.born.title}
      </Link>,
    ],
    [words("one.record"), record ?? words("one.noRecord"), "measured"],
    [words("one.script"), `${key.born.script.script} ${String(key.born.script.edition)} · ${key.born.script.hash}`, "measured"],
    [words("one.approvedBy"), key.born.approvedBy.map(nameOf).join(", ") || words("one.mayNothing")],
    [words("one.recorder"), key.born.recorder, "measured"],
    [words("one.attestations"), attestationText(key, wordsIn(language))],
    ...(moduleOf(key)?.attestation === "own-tools" ? ([[words("one.files"), <EvidenceFiles key="f" of={key} />, "measured"]] as const) : []),
    [words("one.id"), key.key, "measured"],
  ];
  return (
    <dl className="grid grid-cols-[fit-content(42%)_1fr] gap-x-5 gap-y-1">
      {rows.map(([name, value, measured]) => (
        <div key={name} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className={`min-w-0 [overflow-wrap:anywhere] ${measured ?? ""}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the makers' own tools said is a file like any other: it is looked for among those that its ceremony names. */
async function EvidenceFiles({ of: { born } }: { of: RegisteredKey }) {
  const words = await pageWords("keys");
  if (born.files.length === 0) return words("one.noFiles");
  return (
    <Link href={`/ceremonies/${born.ceremony}`} className="underline decoration-edge underline-offset-4">
      {born.files.map((sha256) => (
        <span key={sha256} className="block">
          {sha256}
        </span>
      ))}
    </Link>
  );
}
