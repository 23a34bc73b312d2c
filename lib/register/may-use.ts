import type { KeyState } from "#lib/ceremony/key-states";
import { no, type Refusal } from "#lib/ceremony/refusal";
import { ok, type Result } from "#lib/result";
import type { KeyUse, RegisteredKey } from "./registered-key";

/** What applies protection; everything else processes what was protected (SP 800-57 part 1 rev. 5, section 7). */
const PROTECTING: readonly KeyUse[] = ["sign", "encrypt", "wrap", "derive"];
export const isProtecting = (use: KeyUse): boolean => PROTECTING.includes(use);

/** The clause that speaks for each state: SP 800-57 part 1 rev. 5. */
const CLAUSE: { readonly [state in KeyState]: string } = {
  "pre-activation": "7.1",
  active: "7.2",
  suspended: "7.3",
  deactivated: "7.4",
  compromised: "7.5",
  destroyed: "7.6",
};

/** Of a pair, the public half does the counterpart of what the private half was made for. */
const COUNTERPART: { readonly [use in KeyUse]?: KeyUse } = { verify: "sign", encrypt: "decrypt", wrap: "unwrap" };

/** Whether a key was made for that, or is the half that does the counterpart of what it was made for. */
export function isMadeFor({ kind, uses }: RegisteredKey, use: KeyUse): boolean {
  const counterpart = kind === "key-pair" ? COUNTERPART[use] : undefined;
  return uses.includes(use) || (counterpart !== undefined && uses.includes(counterpart));
}

export type Permitted = { readonly clause: string; readonly protects: boolean };

/**
 * Whether a key of the register may be used so at that moment, and by which clause of SP 800-57 part 1 rev. 5. Refuses, with the
 * clause among the facts: KEY-PURPOSE for what it was not made for, KEY-STATE for what its state forbids, KEY-CRYPTOPERIOD where
 * its time is over or has not begun.
 *
 * Stricter than the standard where that leaves a risk to a recipient who would have to accept it: a suspended or compromised key
 * processes nothing either (7.3, 7.5), for nobody here can accept anything.
 */
export function mayUse(key: RegisteredKey, use: KeyUse, at: string): Result<Permitted, Refusal> {
  const facts = { key: key.key, use, state: key.state, clause: CLAUSE[key.state], at };
  if (!isMadeFor(key, use)) return no("KEY-PURPOSE", facts);
  const protects = isProtecting(use);
  if (!statesFor(key, use, protects).includes(key.state)) return no("KEY-STATE", facts);
  const { activeSince, endsAt, processedUntil } = key;
  const last = protects ? endsAt : processedUntil;
  if (activeSince === null || at < activeSince || (last !== null && at >= last)) {
    return no("KEY-CRYPTOPERIOD", { ...facts, from: activeSince, until: last });
  }
  return ok({ clause: CLAUSE[key.state], protects });
}

/**
 * A private key that was destroyed in time leaves a public one behind that is deactivated and verifies on (7.2, transition 5), as
 * long as it was never compromised. Nothing else of a destroyed key is left.
 */
function statesFor({ kind, compromised }: RegisteredKey, use: KeyUse, protects: boolean): readonly KeyState[] {
  if (protects) return ["active"];
  return use === "verify" && kind === "key-pair" && !compromised ? ["active", "deactivated", "destroyed"] : ["active", "deactivated"];
}
