import { thumbprint, type Grant } from "./grant";

/** What a grant says in one respect; of the keys behind an alias, whose alias it is. */
export type GrantFact = {
  readonly what:
    | ("clients" | "random" | "perMinute" | "until")
    | ("keys" | "operations" | "algorithms" | "issuer" | "audiences" | "claims" | "minutes");
  readonly alias: string | null;
  readonly values: readonly string[];
};

/** Everything that a grant lets its account do, in the order it is read in. Its reason, and who wrote it when, are no part of that. */
export function grantFacts({ clients, keys, random, perMinute, until }: Grant): readonly GrantFact[] {
  const fact = (what: GrantFact["what"], values: readonly string[], alias: string | null = null): GrantFact => ({ what, alias, values });
  return [
    fact("clients", clients.map(thumbprint)),
    ...keys.flatMap(({ alias, keys: ids, operations, algorithms, tokens }) => [
      fact("keys", ids, alias),
      fact("operations", operations, alias),
      fact("algorithms", algorithms, alias),
      ...(tokens
        ? [
            fact("issuer", [tokens.issuer], alias),
            fact("audiences", tokens.audiences, alias),
            fact("claims", tokens.claims, alias),
            fact("minutes", [String(tokens.minutes)], alias),
          ]
        : []),
    ]),
    ...(random ? [fact("random", [])] : []),
    fact("perMinute", [String(perMinute)]),
    fact("until", [until]),
  ];
}

/** One respect in which an edition says otherwise than the one before; null where one of them says nothing. */
export type GrantDifference = Pick<GrantFact, "what" | "alias"> & {
  readonly was: readonly string[] | null;
  readonly is: readonly string[] | null;
};

/** What an edition changes, in the order of the new one, then what is gone. The order of keys counts: the first that may sign does. */
export function grantDifferences(before: Grant, after: Grant): readonly GrantDifference[] {
  const [was, is] = [grantFacts(before), grantFacts(after)];
  const same = (fact: GrantFact, among: readonly GrantFact[]) => among.find(({ what, alias }) => what === fact.what && alias === fact.alias);
  const changed = is.flatMap((fact): GrantDifference[] => {
    const old = same(fact, was);
    const { what, alias, values } = fact;
    if (old && JSON.stringify(old.values) === JSON.stringify(values)) return [];
    return [{ what, alias, was: old?.values ?? null, is: values }];
  });
  const gone = was.filter((fact) => !same(fact, is)).map(({ what, alias, values }) => ({ what, alias, was: values, is: null }));
  return [...changed, ...gone];
}
