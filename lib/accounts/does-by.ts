import { mayUse } from "#lib/register/may-use";
import type { RegisteredKey } from "#lib/register/registered-key";
import { algorithmsIn, useOf } from "./decide-use";
import type { KeyOperation, UseAlgorithm } from "./grant";

/** By which algorithms a key does what it was made for, whatever its state is now; none where it was made for something else. */
export function doesBy(key: RegisteredKey, operation: KeyOperation): readonly UseAlgorithm[] {
  const use = useOf(key, operation);
  if (use === null) return [];
  const may = mayUse(key, use, key.stateSince);
  return may.ok || may.refusal.invariant !== "KEY-PURPOSE" ? algorithmsIn(key, operation) : [];
}
