import { HashHex, HashWords } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Nothing } from "#components/page-heading";
import type { RosterLine } from "#lib/conduct/desk";

/** Roster versions as a chain, the newest first: each names the hash of the one before. */
export function RosterChain({ rosters }: { rosters: readonly RosterLine[] }) {
  if (rosters.length === 0) return <Nothing>No version yet. Publish the first when everybody has enrolled; then its words are read aloud at the worker&apos;s console.</Nothing>;
  return (
    <ol className="mb-8 border-l-2 border-ink">
      {rosters.map((roster, i) => (
        <li key={roster.hash} className="relative pb-6 pl-6 last:pb-0">
          <span aria-hidden="true" className={`absolute top-1.5 -left-[7px] size-3 rounded-full border-2 border-ink ${i === 0 ? "bg-ink" : "bg-paper"}`} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <h3 className="font-semibold">Version {roster.version}</h3>
            <ModeMark mode={roster.mode} />
            <span className="text-sm text-quiet">
              <DayAndTime at={roster.createdAt} /> · {roster.people.length} people, {roster.people.reduce((sum, { passkeys }) => sum + passkeys, 0)} passkeys
            </span>
          </div>
          <HashHex hex={roster.hash} className="mt-1 text-sm" />
          <details open={i === 0} className="mt-1 text-sm">
            <summary className="underline decoration-edge underline-offset-4">Words to read aloud at the worker&apos;s console</summary>
            <HashWords hex={roster.hash} className="mt-2" />
            <p className="mt-2 text-quiet">
              On the worker&apos;s host: <span className="measured">npx claviger roster trust</span>
            </p>
          </details>
        </li>
      ))}
    </ol>
  );
}
