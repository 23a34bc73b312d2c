import Link from "next/link";
import { DayAndTime } from "#components/moment";
import type { Commitment } from "#lib/log/commitment";
import type { KeyEvent } from "#lib/register/registered-key";
import { pageWords } from "../../../page-words";

type HistoryProps = {
  history: readonly KeyEvent[];
  nameOf: (person: string) => string;
  textOf: (commitment: Commitment) => string | null;
};

/** What has become of a key, the newest first: each line leads to the ceremony, or names who agreed. */
export async function KeyHistory({ history, nameOf, textOf }: HistoryProps) {
  const words = await pageWords("keys");
  const state = (one: Extract<KeyEvent, { what: "changed" }>["from"]) => words(`state.${one}`);
  return (
    <ol className="space-y-3">
      {[...history].reverse().map((one, i) => (
        <li key={i} className="flex flex-wrap gap-x-5">
          <span className="w-44 shrink-0 text-sm text-quiet">
            <DayAndTime at={one.at} />
          </span>
          <span className="min-w-0 flex-1 basis-64">
            {one.what === "changed" ? (
              <>
                {one.from === one.to
                  ? words("one.unchanged", { from: state(one.from) })
                  : words("one.changed", { from: state(one.from), to: state(one.to) })}
                {one.overtook ? <span className="block text-sm text-quiet">{words("one.overtook")}</span> : null}
                <span className="block text-sm text-quiet">
                  {words("one.reason", { reason: textOf(one.reason) ?? words("one.withheld") })}
                </span>
              </>
            ) : (
              <Link href={`/ceremonies/${one.by.ceremony}`} className="underline decoration-edge underline-offset-4">
                {words(one.what === "restored" ? "one.backupRestored" : `one.${one.what}`, { where: one.where })}
              </Link>
            )}
            {one.people.length > 0 ? (
              <span className="block text-sm text-quiet">{words("one.approved", { people: one.people.map(nameOf).join(", ") })}</span>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
