import type { Endorsement } from "#lib/ceremony/endorsement";
import type { OperationRequest } from "#lib/ceremony/script";
import { endorsementBy, hashSignatures, smallRoster } from "#lib/ceremony/small-roster.under-test";
import type { Roster } from "#lib/ceremony/roster";
import { commit } from "#lib/log/commitment";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { PerformedOperations } from "#lib/operations/performed-operations.under-test";
import type { CeremonyEvidence, RegisteredOutcome } from "./ceremony-evidence";
import { chainRosters, type ChainedRoster } from "./chained-rosters";
import { changeToEndorse, reachKeyChange, type EndorsedChange, type KeyChange } from "./key-change";
import { registerFrom } from "./register-from";
import type { Register, RegisteredKey } from "./registered-key";

export const BEGUN = Date.parse("2026-11-20T09:00:00.000Z");
export const dayAt = (day: number, minutes = 0): string => new Date(BEGUN + day * 86_400_000 + minutes * 60_000).toISOString();
export const committed = (value: string) => commit({ path: "test", salt: "00".repeat(16), value });

/** Ceremonies on one token and its vault, by the operations' own code on fake tokens, as a replay would give them back. */
export class RecordedCeremonies {
  readonly performed = new PerformedOperations();
  readonly evidence: CeremonyEvidence[] = [];

  /** One ceremony that did these, on that day. */
  async hold(ceremony: string, day: number, ...requests: OperationRequest[]): Promise<CeremonyEvidence> {
    const outcomes: RegisteredOutcome[] = [];
    for (const [i, request] of requests.entries()) {
      const { outcome, context } = await this.performed.do(request);
      const entry = sha256Hex(utf8(`${ceremony} ${String(i)}`));
      const ref = { ceremony, seq: 20 + i, entry, at: dayAt(day, i) };
      outcomes.push({ ref, request, outcome, ckaId: context.ckaId, approvedBy: ["carl", "cleo"] });
    }
    const script = { script: "small", edition: 1, environment: "production" as const, hash: "5c".repeat(32) };
    const recorder = "4e".repeat(32);
    const held = { ceremony, title: `Ceremony ${ceremony}`, mode: "production", script, recorder, head: "1f".repeat(32), outcomes, files: ["f1".repeat(32)] };
    this.evidence.push(held as unknown as CeremonyEvidence);
    return held as unknown as CeremonyEvidence;
  }

  register(changes: readonly EndorsedChange[] = [], day = 1000): Register {
    return registerFrom(this.evidence, changes, "production", dayAt(day));
  }

  /** The key of that label as it is on that day. */
  key(label: string, changes: readonly EndorsedChange[] = [], day = 1000): RegisteredKey {
    const found = this.register(changes, day).keys.find((key) => key.label === label);
    if (!found) throw new Error(`no key called ${label}`);
    return found;
  }
}

/** What is written down to change a key from the state it is in. */
export const changeOf = (key: RegisteredKey, to: KeyChange["to"], day: number, more: Partial<KeyChange> = {}): KeyChange => ({
  v: "claviger/key-change/v1",
  mode: "production",
  key: key.key,
  label: key.label,
  head: key.head,
  from: key.state,
  to,
  facts: null,
  reason: committed("because"),
  by: "carl",
  at: dayAt(day),
  ...more,
});

export const signedBy = (person: string, change: KeyChange, at: string = change.at, roster: Roster = smallRoster): Endorsement =>
  endorsementBy(person, changeToEndorse(change), roster, { statement: { at } });

/** The small world's roster, trusted by itself. */
export const smallChain = (): Promise<readonly ChainedRoster[]> =>
  chainRosters(hashSignatures, smallRoster, [], () => Promise.resolve([]), dayAt(1000));

/** The same change, with the signatures of two custodians. */
export async function endorsed(change: KeyChange): Promise<EndorsedChange> {
  const kept = ["carl", "cleo"].map((person) => signedBy(person, change));
  const reached = await reachKeyChange(hashSignatures, change, await smallChain(), kept, dayAt(1000));
  if (!reached.ok) throw new Error(reached.refusal.invariant);
  return reached.value;
}
