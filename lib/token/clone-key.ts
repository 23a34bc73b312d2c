import { ok, refuse, type Result } from "#lib/result";
import type { KeyReading } from "./attributes";
import { TokenFault, type TokenRefusal } from "./fault";
import type { ObtainStep } from "./obtain-key";
import { differences, type KeyTemplate, unsoundness } from "./template";
import type { KeyTest, Token } from "./token";

export interface ClonedKey {
  readonly reading: KeyReading;
  readonly tests: readonly KeyTest[];
  /** True when the copy was found complete, made by an earlier call whose reply was lost. */
  readonly recovered: boolean;
}

/** What is copied: the key's id in the token it lies in, and the public half of a pair, which the copy must have. */
export interface Original {
  readonly id: Uint8Array;
  readonly spki: Uint8Array | null;
}

/**
 * Brings a copy of a key into another token exactly once, as the template says; what crosses this process is wrapped twice.
 * Looks in the other token first, as `obtainKey` does, so that it may be called again after any interruption.
 *
 * Refuses what `wrapTo` and `unwrapFrom` refuse, and a copy that reads back or works otherwise than the template says: that
 * copy is destroyed. Throws `TokenFault`, after it has taken away what was begun.
 */
export async function cloneKey(
  from: Pick<Token, "wrapTo">,
  to: Token,
  original: Original,
  template: KeyTemplate,
  onStep: (step: ObtainStep) => Promise<void> | void = () => undefined,
): Promise<Result<ClonedKey, TokenRefusal>> {
  const wrong = unsoundness(template);
  if (wrong.length > 0) return refuse({ reason: "TEMPLATE-UNSOUND", facts: { label: template.label, wrong } });
  const lookup = await to.lookById(template.id);
  await onStep({ at: "looked", lookup });
  if (lookup.found === "half") await to.destroyById(template.id);
  if (lookup.found === "complete") {
    const checked = await checkCopy(to, template, lookup.key, await to.testKey({ id: template.id }));
    return checked.ok ? ok({ ...checked.value, recovered: true }) : checked;
  }
  try {
    const copied = await copy(from, to, original, template);
    return copied.ok ? ok({ ...copied.value, recovered: false }) : copied;
  } catch (fault) {
    // Where keys cannot be copied inside the module, a part of it may be on the token already.
    if (fault instanceof TokenFault && !fault.gone) await to.destroyById(template.id);
    throw fault;
  }
}

type Checked = Omit<ClonedKey, "recovered">;

async function copy(
  from: Pick<Token, "wrapTo">,
  to: Token,
  { id, spki }: Original,
  template: KeyTemplate,
): Promise<Result<Checked, TokenRefusal>> {
  const transport = await to.openTransport();
  const wrapped = await from.wrapTo(id, transport.spki);
  if (!wrapped.ok) return wrapped;
  const prepared = await to.unwrapFrom(transport.handle, wrapped.value, template, spki);
  if (!prepared.ok) return prepared;
  const { handle, kept } = prepared.value;
  const differing = differences(template, await to.readBack(handle), to.profile, kept, "brought");
  if (differing.length > 0) {
    await to.discardKey(handle);
    return refuse({ reason: "ATTRIBUTES-DIFFER", facts: { label: template.label, differing, found: false } });
  }
  const tests = await to.testKey({ handle });
  const keeping = await to.keepKey(handle);
  return keeping.ok ? checkCopy(to, template, keeping.value, tests) : keeping;
}

/** The copy as it lies on the token; one that is not as ordered is destroyed. */
async function checkCopy(
  to: Token,
  template: KeyTemplate,
  reading: KeyReading,
  tests: readonly KeyTest[],
): Promise<Result<Checked, TokenRefusal>> {
  const differing = differences(template, reading, to.profile, true, "brought");
  const failed = tests.filter(({ passed }) => !passed).map(({ test }) => test);
  if (differing.length === 0 && failed.length === 0 && tests.length > 0) return ok({ reading, tests });
  await to.destroyById(template.id);
  return differing.length > 0
    ? refuse({ reason: "ATTRIBUTES-DIFFER", facts: { label: template.label, differing, found: true } })
    : refuse({ reason: "KEY-TEST-FAILED", facts: { label: template.label, tests: failed, found: true } });
}
