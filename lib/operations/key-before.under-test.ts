import type { KeyReading } from "#lib/token/attributes";
import { obtainKey } from "#lib/token/obtain-key";
import type { KeyTemplate } from "#lib/token/template";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import type { PerformedOperations } from "./performed-operations.under-test";

export const IDENTIFY = { operation: "identify-key", label: "old", kind: "key-pair", algorithm: "EC-P256" };

/** A key that somebody made before the ceremony, under an id of their own. */
export async function keyBefore(performed: PerformedOperations, template: Partial<KeyTemplate> = {}): Promise<KeyReading> {
  const made = await obtainKey(performed.token, { ...freshTemplate("EC-P256", { sign: true }), label: "old", ...template });
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.value.reading;
}
