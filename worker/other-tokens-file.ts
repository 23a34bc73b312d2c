import { readFileSync } from "node:fs";
import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { ok, refuse, type Result } from "#lib/result";
import { PROFILE_IDS, PROFILES, type ProfileId } from "#lib/token/profile";
import type { PinSource } from "./token/pin-source";

/** What is needed to find another token than the worker's own, by the name that scripts have for it. */
export interface OtherTokenEnv {
  readonly name: string;
  readonly profile: ProfileId;
  readonly modulePath: string;
  readonly configDirectory: string | null;
  readonly label: string;
  /** Without it the label alone must name exactly one token. */
  readonly serial: string | null;
  /** Null for a token nobody has set a PIN for: it can be named and initialised, not used. */
  readonly pin: PinSource | null;
  /** The environment the child's few variables are taken from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const text = z.string().trim().min(1);
const OtherToken = z
  .strictObject({
    name: Identifier,
    modulePath: text,
    profile: z.enum(PROFILE_IDS),
    configDirectory: text.optional(),
    label: text.max(32),
    serial: text.max(64).optional(),
    pinFile: text.optional(),
    /** For a module that finds its world by a variable: SOFTHSM2_CONF of this token, say. */
    environment: z.record(z.string(), z.string()).optional(),
  })
  .superRefine(({ profile, environment }, context) => {
    for (const variable of Object.keys(environment ?? {})) {
      if (PROFILES[profile].environment.includes(variable)) continue;
      context.addIssue({
        code: "custom",
        path: ["environment", variable],
        message: `is not a variable that a module of the profile ${profile} reads`,
      });
    }
  });

/**
 * The other tokens of a worker, from a JSON file: a list of `{name, modulePath, profile, configDirectory?, label, serial?,
 * pinFile?, environment?}`. Refuses with a sentence for each thing wrong with it, two of one name among them.
 */
export function readOtherTokens(
  file: string,
  environment: OtherTokenEnv["environment"],
): Result<readonly OtherTokenEnv[], string[]> {
  const wrong = (what: string) => `CLAVIGER_OTHER_TOKENS_FILE ${what}`;
  let listed: unknown;
  try {
    listed = JSON.parse(readFileSync(file, "utf8"));
  } catch (fault) {
    return refuse([
      wrong(
        fault instanceof SyntaxError ? `names a file that is not JSON: ${file}.` : `names a file that cannot be read: ${file}.`,
      ),
    ]);
  }
  const parsed = z.array(OtherToken).safeParse(listed);
  if (!parsed.success) return refuse(parsed.error.issues.map((issue) => wrong(issueSentence(issue, listed))));
  const names = parsed.data.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) return refuse(twice.map((name) => wrong(`names two tokens ${name}.`)));
  return ok(
    parsed.data.map(({ configDirectory, serial, pinFile, environment: own, ...token }) => ({
      ...token,
      configDirectory: configDirectory ?? null,
      serial: serial ?? null,
      pin: pinFile === undefined ? null : { file: pinFile },
      environment: { ...environment, ...own },
    })),
  );
}

function issueSentence({ path, code, message, ...issue }: z.core.$ZodIssue, listed: unknown): string {
  const [at, ...member] = path;
  if (typeof at !== "number") return "names a file that holds no list of tokens.";
  const entry: unknown = Array.isArray(listed) ? listed[at] : null;
  const named: unknown = typeof entry === "object" && entry !== null && "name" in entry ? entry.name : null;
  const which = typeof named === "string" ? `the token ${named}` : `token ${String(at + 1)}`;
  if (code === "unrecognized_keys" && "keys" in issue)
    return `describes ${which} by members nobody knows: ${issue.keys.join(", ")}.`;
  if (member.length === 0) return `does not describe ${which} by members.`;
  const value = member.reduce<unknown>(
    (inside, key) => (typeof inside === "object" && inside !== null ? Reflect.get(inside, key) : undefined),
    entry,
  );
  const said =
    value === undefined
      ? "is missing"
      : code === "invalid_value"
        ? `is one of ${PROFILE_IDS.join(", ")}`
        : code === "custom"
          ? message
          : "cannot be used";
  return `describes ${which}, whose ${member.join(".")} ${said}.`;
}
