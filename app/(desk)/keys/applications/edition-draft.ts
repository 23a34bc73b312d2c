import type { ClientKey, Grant, GrantedKeys, KeyOperation, UseAlgorithm } from "#lib/accounts/grant";

/** A key of the register, with what it can do and by which algorithms. */
export type KeyChoice = {
  readonly key: string;
  readonly label: string;
  readonly algorithm: string;
  readonly state: string;
  readonly does: readonly { readonly operation: KeyOperation; readonly algorithms: readonly UseAlgorithm[] }[];
};

/** Keys under one name, as they are being filled in; `id` tells two of them apart while neither has a name. */
export type GroupDraft = {
  readonly id: number;
  readonly alias: string;
  readonly keys: readonly string[];
  readonly operations: readonly KeyOperation[];
  readonly algorithms: readonly UseAlgorithm[];
  readonly issuer: string;
  readonly audiences: string;
  readonly claims: string;
  readonly minutes: string;
};

/** An edition as it is being filled in. `until` as a field for day and time has it; null while nobody has touched it. */
export type EditionDraft = {
  readonly account: string;
  readonly clients: readonly ClientKey[];
  readonly groups: readonly GroupDraft[];
  readonly random: boolean;
  readonly perMinute: string;
  readonly until: string | null;
  readonly reason: string;
};

export const emptyGroup = (id: number): GroupDraft => ({
  ...{ id, alias: "", keys: [], operations: [], algorithms: [] },
  ...{ issuer: "", audiences: "", claims: "", minutes: "15" },
});

/** The next edition begins as the one that counts; the first one empty. */
export function draftOf(grant: Grant | null): EditionDraft {
  if (!grant) return { account: "", clients: [], groups: [emptyGroup(1)], random: false, perMinute: "600", until: null, reason: "" };
  const groups = grant.keys.map(({ alias, keys, operations, algorithms, tokens }, i): GroupDraft => {
    const said = tokens && { issuer: tokens.issuer, audiences: tokens.audiences.join("\n"), claims: tokens.claims.join("\n"), minutes: String(tokens.minutes) };
    return { ...emptyGroup(i + 1), alias, keys, operations, algorithms, ...said };
  });
  return { account: grant.account, clients: grant.clients, groups, random: grant.random, perMinute: String(grant.perMinute), until: null, reason: "" };
}

/** Whether somebody has to say what the tokens of these keys are. */
export const speaksOfTokens = ({ operations }: Pick<GroupDraft, "operations">): boolean =>
  operations.some((one) => one === "issue-token" || one === "verify-token");

/** What every one of the chosen keys can do, and by what any of them does what was chosen of it. */
export function offered(group: GroupDraft, choices: readonly KeyChoice[]) {
  const chosen = choices.filter(({ key }) => group.keys.includes(key));
  const doing = (operation: KeyOperation) => chosen.map(({ does }) => does.find((one) => one.operation === operation));
  const operations = (chosen[0]?.does ?? []).map(({ operation }) => operation).filter((one) => doing(one).every((can) => can !== undefined));
  const wanted = group.operations.filter((one) => operations.includes(one));
  const algorithms = [...new Set(wanted.flatMap(doing).flatMap((can) => can?.algorithms ?? []))];
  return { operations, algorithms };
}

const lines = (text: string): string[] => text.split("\n").flatMap((line) => line.trim() || []);

/** The keys under one name as they are sent: in the order of the register, newest first, and nothing that is not offered any more. */
export function grantedIn(group: GroupDraft, choices: readonly KeyChoice[]): GrantedKeys {
  const { operations, algorithms } = offered(group, choices);
  const { alias, issuer, audiences, claims, minutes } = group;
  const kept = operations.filter((one) => group.operations.includes(one));
  return {
    alias,
    keys: choices.filter(({ key }) => group.keys.includes(key)).map(({ key }) => key),
    operations: kept,
    // One alone needs no choosing.
    algorithms: algorithms.length === 1 ? algorithms : algorithms.filter((one) => group.algorithms.includes(one)),
    tokens: speaksOfTokens({ operations: kept })
      ? { issuer: issuer.trim(), audiences: lines(audiences), claims: lines(claims), minutes: Number(minutes) }
      : null,
  };
}
