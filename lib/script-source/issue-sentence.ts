import { told, type Told } from "#lib/ceremony/told";

/** What zod found, as far as a sentence needs it. */
export type Issue = {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly expected?: string;
  readonly origin?: string;
  readonly pattern?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
};

const KINDS: { readonly [expected: string]: Told } = {
  string: told`text`,
  number: told`a number`,
  int: told`a whole number`,
  boolean: told`true or false`,
  array: told`a list`,
  object: told`a block of names and values`,
};

/** What is wrong, to somebody who wrote a script and never heard of a schema. `missing`: nothing stands there at all. */
export function issueSentence(issue: Issue, missing: boolean): Told {
  const name = issue.path.findLast((key) => typeof key === "string") ?? told`The script`;
  if (missing) return told`${name} is missing.`;
  switch (issue.code) {
    case "invalid_type":
      return told`${name} must be ${KINDS[issue.expected ?? ""] ?? told`something else`}.`;
    case "invalid_value":
      return told`${name} must be ${oneOf(issue.values)}.`;
    case "invalid_union":
      return issue.options ? told`${name} must be ${oneOf(issue.options)}.` : told`${name} has none of the forms that it may have.`;
    case "invalid_key":
      return told`${String(issue.path.at(-1))} is no language's tag: en, de and the like.`;
    case "too_small":
      return issue.origin === "number" ? told`${name} must be at least ${String(issue.minimum)}.` : told`${name} must not be empty.`;
    case "too_big":
      return tooBig(name, issue);
    case "invalid_format":
      return issue.pattern?.includes("{36}")
        ? told`${name} are AAGUIDs: 36 characters, digits, a to f and hyphens.`
        : told`${name} is an id: small letters, digits and hyphens, 64 at most, the first no hyphen.`;
    default:
      return told`${name} is not what belongs here.`;
  }
}

function tooBig(name: string | Told, { origin, maximum }: Issue): Told {
  const most = String(maximum);
  if (origin === "number") return told`${name} must be at most ${most}.`;
  if (origin === "string") return told`${name} must have at most ${most} characters.`;
  return told`${name} must have at most ${most} entries.`;
}

const oneOf = (values: readonly unknown[] = []): string | Told => (values.length === 1 ? String(values[0]) : told`one of ${values.join(", ")}`);
