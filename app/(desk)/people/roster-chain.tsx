import { HashHex, HashWords } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Nothing } from "#components/page-heading";
import type { RosterLine } from "#lib/conduct/desk";
import { EndorsementPanel } from "../endorsement-panel";
import { Changes } from "../endorsement-sheet";
import { LookAgain } from "../look-again";

const STANDING = { "in force": "in force", awaited: "awaits its endorsements", past: "no longer in question" } as const;

type ChainProps = { rosters: readonly RosterLine[]; me: string };

/** Roster versions, the newest first: which counts, what each would change, and whose word it waits for. */
export function RosterChain({ rosters, me }: ChainProps) {
  if (rosters.length === 0) {
    return (
      <Nothing>
        No version yet. Publish the first when everybody has enrolled; then its words are read aloud at the worker&apos;s console.
      </Nothing>
    );
  }
  const awaited = rosters.some(({ standing, trusted }) => standing === "awaited" || (standing === "in force" && !trusted));
  return (
    <ol className="mb-8 border-l-2 border-ink">
      {awaited ? <LookAgain /> : null}
      {rosters.map((roster) => (
        <RosterVersion key={roster.hash} roster={roster} me={me} />
      ))}
    </ol>
  );
}

function RosterVersion({ roster, me }: { roster: RosterLine; me: string }) {
  const { standing, trusted, endorsement, changes, prev } = roster;
  const passkeys = roster.people.reduce((sum, person) => sum + person.passkeys, 0);
  const counts = standing === "in force";
  return (
    <li className="relative pb-8 pl-6 last:pb-0">
      <span
        aria-hidden="true"
        className={`absolute top-1.5 -left-[7px] size-3 rounded-full border-2 border-ink ${counts ? "bg-ink" : "bg-paper"}`}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="font-semibold">
          Version {roster.version}, {STANDING[standing]}
        </h3>
        <ModeMark mode={roster.mode} />
        <span className="text-sm text-quiet">
          <DayAndTime at={roster.createdAt} /> · {roster.people.length} people, {passkeys} passkeys · {roster.quorum} custodians
          decide what follows
        </span>
      </div>
      <HashHex hex={roster.hash} className="mt-1 text-sm" />
      {counts && !trusted ? <p className="mt-1 text-wait">No worker trusts it yet.</p> : null}
      {standing === "awaited" && changes ? (
        <div className="mt-3">
          <p className="text-sm text-quiet">What changes with it</p>
          <Changes changes={changes} />
        </div>
      ) : null}
      {endorsement && standing !== "past" ? (
        <div className="mt-3">
          <EndorsementPanel line={standing === "awaited" ? endorsement : { ...endorsement, mine: false }} me={me} />
        </div>
      ) : null}
      <details open={standing !== "past" && !trusted} className="mt-2 text-sm">
        <summary className="underline decoration-edge underline-offset-4">Words to read aloud</summary>
        <HashWords hex={roster.hash} className="mt-2" />
        <p className="mt-2 text-quiet">
          {prev === null ? "On the worker's host, once: " : "Only in an emergency, on the worker's host: "}
          <span className="measured">npx claviger roster trust {roster.version}</span>
        </p>
      </details>
    </li>
  );
}
