import { reachEndorsed, soundEndorsements, type Endorsement, type Voted } from "#lib/ceremony/endorsement";
import { no, type Refusal } from "#lib/ceremony/refusal";
import { rosterHash } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { ok, type Result } from "#lib/result";
import { reachedAt, type ChainedRoster } from "./chained-rosters";

export type ReachedUnderChain = {
  readonly hash: string;
  /** When the last signature that was needed was given. */
  readonly at: string;
  readonly people: readonly string[];
};

/**
 * Whether a quorum of one roster of the chain agrees to a document: each signature given while that roster was in force and not
 * before the document was `written`, no later than `until`. Of `kept` only what counts is looked at. Refuses with `lacking`.
 */
export async function reachUnderChain(
  verifier: SignatureVerifier,
  { document, written }: { readonly document: Voted; readonly written: string },
  chain: readonly ChainedRoster[],
  kept: readonly Endorsement[],
  until: string,
  lacking: "KEY-CHANGE-ENDORSED" | "GRANT-ENDORSED",
): Promise<Result<ReachedUnderChain, Refusal>> {
  let best = 0;
  let needed = chain.at(-1)?.roster.quorum.approve ?? 0;
  for (const one of chain) {
    const under = kept.filter(({ statement }) => statement.roster === rosterHash(one.roster) && givenIn(one, written, statement.at));
    const counting = await soundEndorsements(verifier, document, one.roster, under, until);
    const reached = reachEndorsed(document, one.roster, counting.map(({ verified }) => verified), until, lacking);
    if (reached.ok) {
      const times = counting.map(({ kept: { statement } }) => statement.at);
      const at = reachedAt(times, one.roster.quorum.approve);
      const people = counting.map(({ kept: { statement } }) => statement).filter((said) => said.at <= at).map(({ person }) => person).sort();
      return ok({ hash: document.hash, at, people });
    }
    if (counting.length > best) [best, needed] = [counting.length, one.roster.quorum.approve];
  }
  return no(lacking, { endorsed: best, needed, hash: document.hash });
}

export const givenIn = ({ from, until }: ChainedRoster, written: string, at: string): boolean =>
  at >= written && (from === null || at >= from) && (until === null || at < until);
