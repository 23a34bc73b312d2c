import type { NamedEvidence } from "./evidence-named";
import type { Verification } from "./verify-record";
import type { Check } from "./verify-transcript";

/** A file that somebody has, by the name and with the hash it has now. */
export type FileAtHand = { readonly file: string; readonly sha256: string };

/**
 * Holds files against those that a record names: by their hashes, whatever they are called now. What is not at hand is said and
 * proves nothing; a file that has the name of one in the record and another hash is not what it seems.
 */
export function compareEvidence(atHand: readonly FileAtHand[], named: readonly NamedEvidence[]): Check {
  const name = "evidence";
  if (named.length === 0) return { name, ok: true, reason: "The record names no files." };
  const found = named.filter(({ sha256 }) => atHand.some((file) => file.sha256 === sha256));
  const known = (file: FileAtHand) => named.some(({ sha256 }) => sha256 === file.sha256);
  const baseName = ({ file }: FileAtHand) => file.split(/[/\\]/).at(-1);
  const untrue = atHand.filter((file) => !known(file) && named.some((one) => one.name === baseName(file)));
  if (untrue.length > 0) {
    const told = untrue.map(({ file, sha256 }) => `${file} (SHA-256 ${sha256})`).join(", ");
    return { name, ok: false, reason: `Not the files that the record names by these names: ${told}.` };
  }
  const missing = named.filter((one) => !found.includes(one)).map((one) => `${one.name ?? "unnamed"} (${one.sha256.slice(0, 8)}…)`);
  const others = atHand.filter((file) => !known(file)).length;
  const sentences = [
    `${String(found.length)} of ${String(named.length)} files that the record names are at hand, with the hashes it names.`,
    ...(missing.length > 0 ? [`Not at hand: ${missing.join(", ")}.`] : []),
    ...(others > 0 ? [`${String(others)} other files are not named in it.`] : []),
  ];
  return { name, ok: true, reason: sentences.join(" ") };
}

/** The verdict with one check more: whether the files at hand are those that the record names. */
export function withEvidence<V extends { readonly verdict: Verification["verdict"]; readonly checks: readonly Check[] }>(
  verification: V,
  check: Check,
): V {
  return { ...verification, verdict: check.ok ? verification.verdict : "bad", checks: [...verification.checks, check] };
}
