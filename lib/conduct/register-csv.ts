import type { Words } from "#lib/words/words";
import { csvLines } from "./csv-lines";
import type { KeySight } from "./register-view";

type NameOf = (person: string) => string;

/** Every key there is and was, one a line, in the reader's language, times in UTC. */
export function registerCsv(keys: readonly KeySight[], nameOf: NameOf, words: Words): string {
  const say = words.of("keys");
  const rows = keys.map(({ key, owner, purpose, tokens }) => [
    ["key", key.key],
    ["label", key.label],
    ["kind", say(`kind.${key.kind}`)],
    ["algorithm", key.algorithm],
    ["state", say(`state.${key.state}`)],
    ["since", key.stateSince],
    ["born", key.born.at],
    ["ceremony", key.born.ceremony],
    ["script", key.born.script.hash],
    ["fingerprint", key.spkiSha256 ?? key.checkValue ?? ""],
    ["tokens", tokens.join(" ")],
    ["uses", key.uses.map((use) => say(`use.${use}`)).join(" ")],
    ["environment", say(`environment.${key.environment}`)],
    ["owner", owner ?? ""],
    ["purpose", purpose ?? ""],
    ["activeSince", key.activeSince ?? ""],
    ["endsAt", key.endsAt ?? ""],
    ["processedUntil", key.processedUntil ?? ""],
    ["approvedBy", key.born.approvedBy.map(nameOf).join("; ")],
    ["destroyed", key.destroyed?.at ?? ""],
  ] as const);
  const heads = rows[0]?.map(([column]) => say(`csv.${column}`)) ?? [];
  return csvLines([heads, ...rows.map((row) => row.map(([, value]) => value))]);
}
