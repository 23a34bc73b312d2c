"use client";

import { HashHex, HashWords } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { DayAndTime } from "#components/moment";
import { Nothing } from "#components/page-heading";
import { useWords } from "#components/words";
import type { RosterLine } from "#lib/conduct/desk";
import { EndorsementPanel } from "../endorsement-panel";
import { Changes } from "../endorsement-sheet";
import { LookAgain } from "../look-again";

type ChainProps = { rosters: readonly RosterLine[]; me: string };

/** Roster versions, the newest first: which counts, what each would change, and whose word it waits for. */
export function RosterChain({ rosters, me }: ChainProps) {
  const words = useWords("people");
  if (rosters.length === 0) {
    return (
      <Nothing>{words("noVersion")}</Nothing>
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
  const words = useWords("people");
  const { standing, trusted, endorsement, changes, prev, version } = roster;
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
          {words(`version.${standing}`, { version })}
        </h3>
        <ModeMark mode={roster.mode} />
        <span className="text-sm text-quiet">
          <DayAndTime at={roster.createdAt} /> ·{" "}
          {words("sums", { people: roster.people.length, passkeys, quorum: roster.quorum })}
        </span>
      </div>
      <HashHex hex={roster.hash} className="mt-1 text-sm" />
      {counts && !trusted ? <p className="mt-1 text-wait">{words("untrusted")}</p> : null}
      {standing === "awaited" && changes ? (
        <div className="mt-3">
          <p className="text-sm text-quiet">{words("changes")}</p>
          <Changes changes={changes} />
        </div>
      ) : null}
      {endorsement && standing !== "past" ? (
        <div className="mt-3">
          <EndorsementPanel line={standing === "awaited" ? endorsement : { ...endorsement, mine: false }} me={me} />
        </div>
      ) : null}
      <details open={standing !== "past" && !trusted} className="mt-2 text-sm">
        <summary className="underline decoration-edge underline-offset-4">{words("wordsAloud")}</summary>
        <HashWords hex={roster.hash} className="mt-2" />
        <p className="mt-2 text-quiet">
          {words.rich(prev === null ? "trustOnce" : "trustEmergency", {
            command: () => <span className="measured">{`npx claviger roster trust ${String(version)}`}</span>,
          })}
        </p>
      </details>
    </li>
  );
}
