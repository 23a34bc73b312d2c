import type { Endorsement } from "#lib/ceremony/endorsement";
import { rosterHash } from "#lib/ceremony/roster";
import type { ChainedRoster } from "#lib/register/chained-rosters";
import type { Result } from "#lib/result";
import { countEndorsements } from "#lib/store/endorsements";
import { database } from "./database";
import { endorsementsOf } from "./rosters";

type Paper = { readonly hash: string; readonly bytes: Uint8Array };

/**
 * Papers of one kind whose signatures were verified. What was proven once is kept, by the rosters and the number of signatures that it
 * was proven from: hundreds of signatures would be verified on each page. What is not proven yet is looked at anew, because time alone
 * can make it so.
 */
export function provenPapers<T>(what: "key-state" | "finding" | "grant"): (
  papers: readonly Paper[],
  rosters: readonly ChainedRoster[],
  prove: (bytes: Uint8Array, signed: readonly Endorsement[]) => Promise<Result<T, unknown> | null>,
) => Promise<T[]> {
  const kept = new Map<string, { readonly from: string; readonly proven: T }>();
  return async (papers, rosters, prove) => {
    const counts = await countEndorsements(database(), what);
    const chain = rosters.map(({ roster, from, until }) => `${rosterHash(roster)} ${from ?? ""} ${until ?? ""}`).join("\n");
    const found = papers.map(async ({ hash, bytes }): Promise<T[]> => {
      const count = counts.get(hash) ?? 0;
      if (count === 0) return [];
      const from = `${String(count)}\n${chain}`;
      const known = kept.get(hash);
      if (known?.from === from) return [known.proven];
      const proven = await prove(bytes, await endorsementsOf(hash));
      if (proven?.ok !== true) return [];
      kept.set(hash, { from, proven: proven.value });
      return [proven.value];
    });
    return (await Promise.all(found)).flat();
  };
}
