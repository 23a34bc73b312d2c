import type { Mode } from "#lib/ceremony/roles";
import type { CeremonyEvidence } from "./ceremony-evidence";
import type { EndorsedChange } from "./key-change";
import { registerFrom } from "./register-from";
import type { Register } from "./registered-key";

/**
 * `registerFrom`, made anew only when something changed that it is made of: with hundreds of keys each page would take longer for it
 * than for all the rest. What is kept is known by the last entry of every ceremony and by every change with those who agreed; time
 * alone changes nothing of it, once everything in it has happened.
 */
export function keptRegister(): typeof registerFrom {
  let kept: { readonly of: string; readonly register: Register } | null = null;
  return (evidence, changes, mode, at) => {
    const of = nameOf(evidence, changes, mode);
    if (kept?.of === of && lastOf(evidence, changes) <= earlier(kept.register.at, at)) return { ...kept.register, at };
    kept = { of, register: registerFrom(evidence, changes, mode, at) };
    return kept.register;
  };
}

const nameOf = (evidence: readonly CeremonyEvidence[], changes: readonly EndorsedChange[], mode: Mode): string =>
  [
    mode,
    ...evidence.map(({ ceremony, head }) => `${ceremony} ${head}`).sort(),
    ...changes.map(({ hash, at, people }) => [hash, at, ...people].join(" ")).sort(),
  ].join("\n");

const earlier = (a: string, b: string): string => (a < b ? a : b);

/** When the last thing happened that the register tells. */
function lastOf(evidence: readonly CeremonyEvidence[], changes: readonly EndorsedChange[]): string {
  let last = "";
  for (const { outcomes } of evidence) for (const { ref } of outcomes) if (ref.at > last) last = ref.at;
  for (const { at } of changes) if (at > last) last = at;
  return last;
}
