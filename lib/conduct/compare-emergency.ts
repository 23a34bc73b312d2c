import { scriptToEndorse, soundEndorsements } from "#lib/ceremony/endorsement";
import type { Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { notStricter } from "#lib/ceremony/stricter";
import { parseCanonical } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import type { ReadinessSources } from "./find-readiness";
import { object, type Objection } from "./objection";

/** Every published edition of the script with that id, canonical, by its hash. */
export interface EditionShelf {
  editions(script: string): Promise<readonly { readonly hash: string; readonly bytes: Uint8Array }[]>;
}

/** The id of the ordinary script that an emergency script stands in for; null for one that is ordinary itself. */
export const ordinaryOf = ({ script, emergency }: Script): string | null => (emergency ? (emergency.instead ?? script) : null);

/**
 * Holds an emergency script against the newest of these ordinary editions, because what it says of the usual rule is only its own
 * word. Objects EMERGENCY-ALONE where there is none, EMERGENCY-NOT-STRICTER with what is less, or with a usual rule that is not theirs.
 */
export function compareEmergency(script: Script, editions: readonly Script[]): Result<null, Objection> {
  const named = ordinaryOf(script);
  if (named === null) return ok(null);
  const ordinary = [...editions].filter((one) => one.script === named && !one.emergency).sort((a, b) => b.edition - a.edition)[0];
  if (!ordinary) return object("EMERGENCY-ALONE", { ordinary: named });
  const looser = notStricter(script, ordinary);
  const { approve, of } = ordinary.quorum;
  const usual = script.emergency?.usual;
  const wrong = usual?.approve === approve && usual.of === of ? [] : ["usual"];
  const found = [...wrong, ...looser];
  return found.length === 0 ? ok(null) : object("EMERGENCY-NOT-STRICTER", { ordinary: named, edition: ordinary.edition, looser: found });
}

/**
 * Holds an emergency script against ordinary editions as compareEmergency does, for an opening with that roster: in production, and
 * only those that the roster's quorum endorsed by then; what one administrator publishes alone is no rule of the house.
 */
export async function compareForOpening(
  verifier: SignatureVerifier,
  library: EditionShelf & Pick<ReadinessSources, "endorsements">,
  { script, roster, at }: { readonly script: Script; readonly roster: Roster; readonly at: string },
): Promise<Result<null, Objection>> {
  const named = ordinaryOf(script);
  if (named === null || roster.mode !== "production") return ok(null);
  const endorsed: Script[] = [];
  for (const edition of scriptsIn(await library.editions(named))) {
    const document = scriptToEndorse(edition);
    const sound = await soundEndorsements(verifier, document, roster, await library.endorsements(document.hash), at);
    if (sound.length >= roster.quorum.approve) endorsed.push(edition);
  }
  return compareEmergency(script, endorsed);
}

/** What was published, read; what does not hash to what it is kept under is left out. */
export const scriptsIn = (kept: readonly { readonly hash: string; readonly bytes: Uint8Array }[]): readonly Script[] =>
  kept.flatMap(({ hash, bytes }) => (sha256Hex(bytes) === hash ? [parseCanonical(bytes) as unknown as Script] : []));
