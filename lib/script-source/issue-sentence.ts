/** What zod found, as far as a sentence needs it. */
export type Issue = {
  readonly code?: string | undefined;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly expected?: string;
  readonly origin?: string;
  readonly format?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
};

const KINDS: { readonly [expected: string]: string } = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a block of names and values",
};

/** What is wrong, to somebody who wrote a script and never heard of a schema. `missing`: nothing stands there at all. */
export function issueSentence(issue: Issue, missing: boolean): string {
  const named = issue.path.findLast((key) => typeof key === "string");
  const name = named ?? "The script";
  if (missing) return `${name} is missing.`;
  switch (issue.code) {
    case "invalid_type":
      return `${name} must be ${KINDS[issue.expected ?? ""] ?? "something else"}.`;
    case "invalid_value":
      return `${name} must be ${oneOf(issue.values)}.`;
    case "invalid_union":
      return `${name} must be ${oneOf(issue.options)}.`;
    case "too_small":
      return issue.origin === "number" ? `${name} must be at least ${String(issue.minimum)}.` : `${name} must not be empty.`;
    case "too_big":
      return `${name} must ${issue.origin === "number" ? "be" : "have"} at most ${String(issue.maximum)}${UNITS[issue.origin ?? ""] ?? ""}.`;
    case "invalid_format":
      return `${name} is an id: small letters, digits and hyphens, 64 at most, the first no hyphen.`;
    default:
      return `${name}: ${issue.message}.`;
  }
}

const UNITS: { readonly [origin: string]: string } = { string: " characters", array: " entries" };

const oneOf = (values: readonly unknown[] = []): string => (values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`);
