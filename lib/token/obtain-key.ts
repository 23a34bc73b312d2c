import { ok, refuse, type Result } from "#lib/result";
import type { KeyReading, ObjectReading } from "./attributes";
import type { TokenRefusal } from "./fault";
import { differences, unsoundness, type KeyTemplate } from "./template";
import type { KeyLookup, KeyTest, Token } from "./token";

/**
 * The seams at which a caller may be killed; a crash test stops the process at each. What half a key was left is told before it
 * is destroyed, so that a deviation can be noted first.
 */
export type ObtainStep =
  | { readonly at: "looked"; readonly lookup: KeyLookup }
  | { readonly at: "destroyed" | "prepared" | "read" | "tested" | "kept" | "read-kept" };

export interface ObtainedKey {
  readonly reading: KeyReading;
  readonly tests: readonly KeyTest[];
  /** True when the key was found complete, made by an earlier call whose reply was lost. */
  readonly recovered: boolean;
  /** What an interrupted generation had left and this call destroyed; each is a deviation to note. */
  readonly destroyed: readonly ObjectReading[];
  /** Time the module took to generate; null when recovered. */
  readonly milliseconds: number | null;
}

/**
 * Makes the ordered key exactly once. Looks under the id first: a complete key that reads back and works as ordered is finished,
 * half a pair is destroyed, and only after "nothing" is a key generated, read back, tested and kept. Running it again after any
 * crash or lost reply is therefore safe, given that the id belongs to this order alone and nobody else works on the token.
 *
 * Refuses what `prepareKey` and `keepKey` refuse, `ATTRIBUTES-DIFFER` and `KEY-TEST-FAILED`; a key just made is destroyed before
 * such a refusal, a key found is left for people to look at. Throws `TokenFault` and what `onStep` throws.
 */
export async function obtainKey(
  token: Token,
  template: KeyTemplate,
  onStep: (step: ObtainStep) => Promise<void> | void = () => undefined,
): Promise<Result<ObtainedKey, TokenRefusal>> {
  const wrong = unsoundness(template);
  if (wrong.length > 0) return refuse({ reason: "TEMPLATE-UNSOUND", facts: { label: template.label, wrong } });
  const lookup: KeyLookup = await token.lookById(template.id);
  await onStep({ at: "looked", lookup });
  if (lookup.found === "complete") return finishFound(token, template, lookup.key);
  const destroyed = lookup.found === "half" ? lookup.parts : [];
  if (destroyed.length > 0) {
    await token.destroyById(template.id);
    await onStep({ at: "destroyed" });
  }
  return generate(token, template, destroyed, onStep);
}

async function finishFound(token: Token, template: KeyTemplate, reading: KeyReading): Promise<Result<ObtainedKey, TokenRefusal>> {
  const differing = differences(template, reading, token.profile);
  if (differing.length > 0) return refuse({ reason: "ATTRIBUTES-DIFFER", facts: { label: template.label, differing, found: true } });
  const tests = await token.testKey({ id: template.id });
  if (!passed(tests)) return refuse({ reason: "KEY-TEST-FAILED", facts: { label: template.label, tests: names(tests), found: true } });
  return ok({ reading, tests, recovered: true, destroyed: [], milliseconds: null });
}

async function generate(
  token: Token,
  template: KeyTemplate,
  destroyed: readonly ObjectReading[],
  onStep: (step: ObtainStep) => Promise<void> | void,
): Promise<Result<ObtainedKey, TokenRefusal>> {
  const prepared = await token.prepareKey(template);
  if (!prepared.ok) return prepared;
  await onStep({ at: "prepared" });
  const { handle, kept, milliseconds } = prepared.value;
  const before = await token.readBack(handle);
  await onStep({ at: "read" });
  const differing = differences(template, before, token.profile, kept);
  if (differing.length > 0) {
    return discard(token, handle, { reason: "ATTRIBUTES-DIFFER", facts: { label: template.label, differing, found: false } });
  }
  const tests = await token.testKey({ handle });
  await onStep({ at: "tested" });
  if (!passed(tests)) {
    return discard(token, handle, { reason: "KEY-TEST-FAILED", facts: { label: template.label, tests: names(tests), found: false } });
  }
  const keeping = await token.keepKey(handle);
  if (!keeping.ok) return keeping;
  await onStep({ at: "kept" });
  const reading = keeping.value;
  const changed = differences(template, reading, token.profile);
  if (changed.length > 0) {
    await token.destroyById(template.id);
    return refuse({ reason: "ATTRIBUTES-DIFFER", facts: { label: template.label, differing: changed, found: false } });
  }
  await onStep({ at: "read-kept" });
  return ok({ reading, tests, recovered: false, destroyed, milliseconds });
}

async function discard(token: Token, handle: string, refusal: TokenRefusal): Promise<Result<never, TokenRefusal>> {
  await token.discardKey(handle);
  return refuse(refusal);
}

const passed = (tests: readonly KeyTest[]): boolean => tests.length > 0 && tests.every((test) => test.passed);
const names = (tests: readonly KeyTest[]): string[] => tests.filter((test) => !test.passed).map((test) => test.test);
