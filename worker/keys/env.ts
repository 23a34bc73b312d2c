import { hostname } from "node:os";
import { z } from "zod";
import { MODES, type Mode } from "#lib/ceremony/roles";
import { configurationOf, type Configuration } from "#lib/log/configuration";
import { ok, refuse, type Result } from "#lib/result";
import { PROFILE_IDS, PROFILES, type ProfileId } from "#lib/token/profile";
import type { PinSource } from "../token/pin-source";
import type { TlsPaths } from "./tls-files";

/**
 * The key process's whole configuration. Whom it trusts stands here and nowhere else: the roster that somebody compared with the
 * minutes, and the recorders whose outcomes count. Names and meanings: the table in README.md.
 */
export interface KeysEnv {
  readonly databaseUrl: string;
  readonly mode: Mode;
  readonly name: string;
  /** Hash of a roster from which every later one follows by the quorum of the one before. */
  readonly roster: string;
  /** SHA-256 of the SubjectPublicKeyInfo of each recorder whose outcomes count. */
  readonly recorders: ReadonlySet<string>;
  /** What has been seen, so that nothing of it can be kept back later. */
  readonly stateFolder: string;
  readonly token: {
    readonly profile: ProfileId;
    readonly modulePath: string;
    readonly configDirectory: string | null;
    readonly label: string;
    readonly serial: string;
    readonly pin: PinSource;
    readonly environment: Readonly<Record<string, string | undefined>>;
  };
  /** Where applications reach it, and its name in what they sign to prove themselves. */
  readonly origin: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Its own TLS; null where something before it ends it. */
  readonly tls: TlsPaths | null;
  /** What all processes of an installation make access tokens by; null for one that is alone. */
  readonly sharedSecretFile: string | null;
  /** What the profile of the module says, where nothing is said here. */
  readonly processes: number;
  /** How long a request may wait for its turn and its answer. */
  readonly patienceMs: number;
  /** Whether every signature is verified before it leaves, or the first by each key in each process. */
  readonly verifiesAll: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const given = z.string().trim().min(1);
const HASH = /^[0-9a-f]{64}$/;
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const Variables = z.object({
  DATABASE_URL: given.refine((url) => /^postgres(?:ql)?:\/\//.test(url), "is not the address of a PostgreSQL database"),
  CLAVIGER_PKCS11_MODULE: given,
  CLAVIGER_PKCS11_PROFILE: z.enum(PROFILE_IDS).default("generic"),
  CLAVIGER_PKCS11_CONFIG_DIRECTORY: given.optional(),
  CLAVIGER_TOKEN_LABEL: given.max(32),
  CLAVIGER_TOKEN_SERIAL: given.max(64),
  CLAVIGER_PIN_FILE: given.optional(),
  CLAVIGER_PIN: z.string().min(1).optional(),
  CLAVIGER_KEYS_MODE: z.enum(MODES),
  CLAVIGER_KEYS_NAME: z.string().regex(/^[\w.:-]{1,64}$/, "has letters, digits, dots and dashes only").optional(),
  CLAVIGER_KEYS_STATE: given,
  CLAVIGER_KEYS_ROSTER: z.string().regex(HASH, "is the hash of a roster, 64 hexadecimal digits"),
  CLAVIGER_KEYS_RECORDERS: given.refine((list) => list.split(/[\s,]+/).every((one) => HASH.test(one)), "is a list of fingerprints, 64 hexadecimal digits each"),
  CLAVIGER_KEYS_ORIGIN: z.url({ protocol: /^https?$/ }).refine((url) => URL.parse(url)?.origin === url, "is an origin, such as https://keys.example.org"),
  CLAVIGER_KEYS_HOST: given.default("127.0.0.1"),
  CLAVIGER_KEYS_PORT: whole(0, 65_535).default(4700),
  CLAVIGER_KEYS_TLS_KEY_FILE: given.optional(),
  CLAVIGER_KEYS_TLS_CERTIFICATE_FILE: given.optional(),
  CLAVIGER_KEYS_SHARED_SECRET_FILE: given.optional(),
  CLAVIGER_KEYS_PROCESSES: whole(1, 64).optional(),
  CLAVIGER_KEYS_PATIENCE_MS: whole(100, 60_000).default(5000),
  CLAVIGER_KEYS_VERIFY: z.enum(["all", "first"]).default("all"),
});

/** The configuration from the environment, or one sentence for each thing wrong with it; a CLAVIGER_ variable nobody knows is wrong. */
export function readKeysEnv(environment: Environment): Result<KeysEnv, string[]> {
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith("CLAVIGER_") && !Object.hasOwn(Variables.shape, name))
    .map((name) => `${name} is not a variable of the key process.`);
  const parsed = Variables.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== "")));
  if (!parsed.success) return refuse([...unknown, ...parsed.error.issues.map(sentence)]);
  const { data } = parsed;
  const pin = pinSource(data.CLAVIGER_PIN_FILE, data.CLAVIGER_PIN);
  if (pin === null) unknown.push("CLAVIGER_PIN_FILE or CLAVIGER_PIN: one of the two holds the user PIN of the token.");
  const [keyFile, certificateFile] = [data.CLAVIGER_KEYS_TLS_KEY_FILE, data.CLAVIGER_KEYS_TLS_CERTIFICATE_FILE];
  if ((keyFile === undefined) !== (certificateFile === undefined)) {
    unknown.push("CLAVIGER_KEYS_TLS_KEY_FILE and CLAVIGER_KEYS_TLS_CERTIFICATE_FILE go together.");
  }
  if (unknown.length > 0 || pin === null) return refuse(unknown);
  return ok({
    databaseUrl: data.DATABASE_URL,
    mode: data.CLAVIGER_KEYS_MODE,
    name: data.CLAVIGER_KEYS_NAME ?? hostname(),
    roster: data.CLAVIGER_KEYS_ROSTER,
    recorders: new Set(data.CLAVIGER_KEYS_RECORDERS.split(/[\s,]+/)),
    stateFolder: data.CLAVIGER_KEYS_STATE,
    token: {
      profile: data.CLAVIGER_PKCS11_PROFILE,
      modulePath: data.CLAVIGER_PKCS11_MODULE,
      configDirectory: data.CLAVIGER_PKCS11_CONFIG_DIRECTORY ?? null,
      label: data.CLAVIGER_TOKEN_LABEL,
      serial: data.CLAVIGER_TOKEN_SERIAL,
      pin,
      environment,
    },
    origin: data.CLAVIGER_KEYS_ORIGIN,
    listen: { host: data.CLAVIGER_KEYS_HOST, port: data.CLAVIGER_KEYS_PORT },
    tls: keyFile !== undefined && certificateFile !== undefined ? { keyFile, certificateFile } : null,
    sharedSecretFile: data.CLAVIGER_KEYS_SHARED_SECRET_FILE ?? null,
    processes: data.CLAVIGER_KEYS_PROCESSES ?? PROFILES[data.CLAVIGER_PKCS11_PROFILE].keyUse.processes,
    patienceMs: data.CLAVIGER_KEYS_PATIENCE_MS,
    verifiesAll: data.CLAVIGER_KEYS_VERIFY === "all",
  });
}

/** The variables of the key process; of a PIN nothing is told but that it is set. */
export const KEYS_SETTINGS = { known: Object.keys(Variables.shape), secret: ["CLAVIGER_PIN"] };

/** How this process is configured, as far as it may be told. */
export const keysConfiguration = (): Configuration => configurationOf(process.env, KEYS_SETTINGS);

export const keysEnvOfProcess = (): Result<KeysEnv, string[]> => readKeysEnv(process.env);

/** Null where there is none, or two. */
function pinSource(file: string | undefined, value: string | undefined): PinSource | null {
  if (file !== undefined) return value === undefined ? { file } : null;
  return value === undefined ? null : { variable: "CLAVIGER_PIN" };
}

function sentence(issue: z.core.$ZodIssue): string {
  const name = issue.path.join(".");
  if (issue.code === "invalid_type" && issue.input === undefined) return `${name} is missing.`;
  if (issue.code === "invalid_value") return `${name} is one of ${issue.values.join(", ")}, and only one.`;
  return `${name} ${/^(?:is|has) /.test(issue.message) ? issue.message : `cannot be read: ${issue.message}`}.`;
}
