import { DAY_MS, daysAfter } from "#lib/ceremony/days";
import { NEXT_STATES, type KeyState } from "#lib/ceremony/key-states";
import { no, type Refusal } from "#lib/ceremony/refusal";
import type { Mode } from "#lib/ceremony/roles";
import { ok, type Result } from "#lib/result";
import { applyOutcome } from "./apply-outcome";
import type { CeremonyEvidence, RegisteredOutcome } from "./ceremony-evidence";
import type { EndorsedChange, KeyChange } from "./key-change";
import { nextHead, type Register, type RegisteredKey } from "./registered-key";

type Happened =
  | { readonly at: string; readonly outcome: RegisteredOutcome; readonly of: CeremonyEvidence }
  | { readonly at: string; readonly change: EndorsedChange };

/**
 * The register of a mode at a moment: every key that outcomes say there is, in the state that outcomes and endorsed changes put it
 * in. A pure function of both, so that whoever reads it makes it anew and trusts no row: the same evidence in any order gives the
 * same register. What a change may not do it does not do, and is listed with the rule that refused it.
 */
export function registerFrom(
  evidence: readonly CeremonyEvidence[],
  changes: readonly EndorsedChange[],
  mode: Mode,
  at: string,
): Register {
  const keys = new Map<string, RegisteredKey>();
  const refused: Register["refused"][number][] = [];
  for (const one of inOrder(evidence, changes, mode)) {
    if (one.at > at) break;
    if ("outcome" in one) {
      for (const key of applyOutcome([...keys.values()], one.outcome, one.of)) keys.set(key.key, key);
      continue;
    }
    const { change, hash } = one.change;
    const changed = applyChange(keys.get(change.key), one.change);
    if (changed.ok) keys.set(change.key, changed.value);
    else refused.push({ change: hash, key: change.key, refusal: changed.refusal });
  }
  return { at, mode, keys: [...keys.values()].map(withPeriods), refused };
}

/** By time; outcomes first, then by where they stand, so that nothing depends on the order they were given in. */
function inOrder(evidence: readonly CeremonyEvidence[], changes: readonly EndorsedChange[], mode: Mode): readonly Happened[] {
  const ceremonies = new Map(evidence.filter((one) => one.mode === mode).map((one) => [one.ceremony, one]));
  const documents = new Map(changes.filter((one) => one.change.mode === mode).map((one) => [one.hash, one]));
  const all: (Happened & { readonly place: string })[] = [
    ...[...ceremonies.values()].flatMap((of) =>
      of.outcomes.map((outcome) => {
        const { at, seq } = outcome.ref;
        return { at, outcome, of, place: `0/${of.ceremony}/${String(seq).padStart(9, "0")}` };
      }),
    ),
    ...[...documents.values()].map((change) => ({ at: change.at, change, place: `1/${change.hash}` })),
  ];
  return all.sort((a, b) => compare(a.at, b.at) || compare(a.place, b.place));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** States that take something away, each more than the one before. */
const TAKING_AWAY: readonly KeyState[] = ["suspended", "deactivated", "compromised"];

/** Whether a change leaves the key less than it has now. */
const isStricter = (to: KeyState, now: KeyState): boolean => TAKING_AWAY.indexOf(to) > TAKING_AWAY.indexOf(now);

const isAsWritten = (key: RegisteredKey, { head, from }: KeyChange): boolean => key.head === head && key.state === from;

/**
 * Whether a change may be made to the key as it stands: it is known, the state follows, and nothing happened to it since, except
 * where the change is stricter than what happened: no change that is dated before a suspension, deactivation or compromise keeps it
 * from counting, whoever signed that one and when. Refuses KEY-RECORDED, KEY-DESTROYED, KEY-HEAD, KEY-TRANSITION. The app asks before
 * anybody signs, the register when it counts.
 */
export function checkChange(key: RegisteredKey | undefined, change: KeyChange): Result<RegisteredKey, Refusal> {
  const { from, to, facts } = change;
  if (!key || key.label !== change.label) return no("KEY-RECORDED", { key: change.key, label: change.label });
  if (to === "destroyed" || key.state === "destroyed") return no("KEY-DESTROYED", { key: key.key });
  if (!isAsWritten(key, change) && !isStricter(to, key.state)) return no("KEY-HEAD", { key: key.key, state: key.state, from });
  const says = facts !== null && Object.keys(facts).length > 0;
  if (from === to ? !says : !NEXT_STATES[from].includes(to)) return no("KEY-TRANSITION", { key: key.key, from, to });
  return ok(key);
}

function applyChange(known: RegisteredKey | undefined, { change, hash, at, people }: EndorsedChange): Result<RegisteredKey, Refusal> {
  const checked = checkChange(known, change);
  if (!checked.ok) return checked;
  const key = checked.value;
  const { to, facts, reason } = change;
  const from = key.state;
  const overtook = !isAsWritten(key, change);
  return ok({
    ...key,
    ...(facts?.owner && { owner: facts.owner }),
    ...(facts?.purpose && { purpose: facts.purpose }),
    ...(facts?.environment && { environment: facts.environment }),
    ...(facts?.cryptoperiodDays !== undefined && { cryptoperiodDays: facts.cryptoperiodDays }),
    ...(facts?.processingDays !== undefined && { processingDays: facts.processingDays }),
    state: to,
    stateSince: from === to ? key.stateSince : at,
    compromised: key.compromised || to === "compromised",
    activeSince: key.activeSince ?? (to === "active" ? at : null),
    history: [...key.history, { what: "changed", at, change: hash, from, to, people, reason, overtook }],
    head: nextHead(key.key, key.head, hash),
  });
}

/** Whole days for which it has been active or suspended at that time: so much of its cryptoperiod is over. 0 before its activation. */
export const daysSinceActive = ({ activeSince }: Pick<RegisteredKey, "activeSince">, at: string): number =>
  activeSince === null ? 0 : Math.max(0, Math.floor((Date.parse(at) - Date.parse(activeSince)) / DAY_MS));

/** Until when it may protect, and until when what it protected is processed (SP 800-57 part 1 rev. 5, section 5.3.5). */
function withPeriods(key: RegisteredKey): RegisteredKey {
  const { activeSince, cryptoperiodDays, processingDays, state, stateSince } = key;
  const due = activeSince !== null && cryptoperiodDays !== null ? daysAfter(activeSince, cryptoperiodDays) : null;
  const ended = activeSince !== null && state !== "active" && state !== "suspended" ? endedAt(key) ?? stateSince : null;
  const endsAt = [due, ended].filter((one) => one !== null).sort()[0] ?? null;
  return { ...key, endsAt, processedUntil: endsAt !== null && processingDays !== null ? daysAfter(endsAt, processingDays) : null };
}

/** When it left active and suspended for good. */
const endedAt = ({ history }: RegisteredKey): string | null =>
  history.find((one) => one.what === "changed" && (one.to === "deactivated" || one.to === "compromised"))?.at ?? null;
