import Link from "next/link";
import type { ReactNode } from "react";
import { Nothing, PageSection } from "#components/page-heading";
import type { UsesOf, UsesSight } from "#lib/wiring/key-uses";
import { usesSight } from "#lib/wiring/key-uses";
import { pageWords } from "../../page-words";

/** What an application did, or what was done with a key: counts by day with a file of each, and the newest uses. */
export async function UsesSection({ of, takes }: { of: UsesOf; takes: boolean }) {
  const [sight, words] = await Promise.all([usesSight(of), pageWords("accounts")]);
  return (
    <PageSection title={words("uses.title")}>
      <p className="mb-4 max-w-prose text-quiet">{words("uses.about")}</p>
      {sight.recent.length === 0 ? (
        <Nothing>{words("uses.none")}</Nothing>
      ) : (
        <div className="space-y-8">
          <DailyUses of={of} sight={sight} takes={takes} />
          <NewestUses of={of} sight={sight} />
        </div>
      )}
    </PageSection>
  );
}

async function DailyUses({ of, sight, takes }: { of: UsesOf; sight: UsesSight; takes: boolean }) {
  const words = await pageWords("accounts");
  if (sight.days.length === 0) return <Nothing>{words("uses.noneLately")}</Nothing>;
  return (
    <div className="space-y-2">
      <Table
        caption={words("uses.days")}
        heads={[words("uses.day"), words("uses.operation"), words("uses.done"), words("uses.other"), ...(takes ? [words("uses.fileHead")] : [])]}
        rows={sight.days.map(({ day, operation, done, other }, i) => [
          day,
          operation,
          String(done),
          String(other),
          ...(takes ? [sight.days[i - 1]?.day === day ? null : <DayFile key={day} of={of} day={day} />] : []),
        ])}
      />
      {sight.whole ? null : <p className="text-sm text-quiet">{words("uses.part")}</p>}
      {takes ? null : <p className="text-sm text-quiet">{words("uses.lookOnly")}</p>}
    </div>
  );
}

/** One file of a day, at its first line. */
async function DayFile({ of, day }: { of: UsesOf; day: string }) {
  const words = await pageWords("accounts");
  return (
    <a
      href={`/api/keys/uses?${new URLSearchParams({ [of.of]: of.id, day }).toString()}`}
      download
      className="no-print whitespace-nowrap underline decoration-edge underline-offset-4"
    >
      {words("uses.file", { day })}
    </a>
  );
}

async function NewestUses({ of, sight }: { of: UsesOf; sight: UsesSight }) {
  const words = await pageWords("accounts");
  const account = (name: string | null) =>
    name === null ? null : (
      <Link href={`/keys/applications/${name}`} className="underline decoration-edge underline-offset-4">
        {name}
      </Link>
    );
  const key = (id: string | null) =>
    id === null ? null : (
      <Link href={`/keys/${id}`} title={id} className="underline decoration-edge underline-offset-4">
        {id.slice(0, 8)}
      </Link>
    );
  return (
    <Table
      caption={words("uses.recent")}
      heads={[words("uses.at"), words(of.of === "account" ? "uses.key" : "uses.account"), words("uses.operation"), words("uses.algorithm"), words("uses.result"), words("uses.micros"), words("uses.digest")]}
      rows={sight.recent.map((use) => [
        `${use.at.slice(0, 10)} ${use.at.slice(11, 23)}`,
        of.of === "account" ? key(use.key) : account(use.account),
        use.operation,
        use.algorithm,
        use.times > 1 ? `${use.result} × ${String(use.times)}` : use.result,
        String(use.micros),
        use.digest && <span title={use.digest}>{use.digest.slice(0, 16)}</span>,
      ])}
    />
  );
}

type TableProps = { caption: string; heads: readonly string[]; rows: readonly (readonly ReactNode[])[] };

/** Wider than a phone is: it is moved sideways in its own frame, by finger and by keyboard. */
function Table({ caption, heads, rows }: TableProps) {
  return (
    <div className="overflow-x-auto" role="region" aria-label={caption} tabIndex={0}>
      <table className="w-full text-sm">
        <caption className="pb-2 text-left text-base font-semibold">{caption}</caption>
        <thead>
          <tr className="border-b border-ink text-left">
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 pr-5 font-semibold">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="measured">
          {rows.map((row, i) => (
            <tr key={i} className="border-b border-rule">
              {row.map((cell, j) => (
                <td key={j} className="py-1.5 pr-5 whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
