import { hostname } from "node:os";
import { z } from "zod";
import { MODES, type Mode } from "#lib/ceremony/roles";
import { ok, refuse, type Result } from "#lib/result";
import { configurationOf, type Configuration } from "#lib/log/configuration";
import { LOG_ORIGIN_IS, isLogOrigin } from "#lib/log/origin";
import { WITNESSES_ARE, readWitnesses, type Witness } from "#lib/log/witness";
import { PROFILE_IDS, type ProfileId } from "#lib/token/profile";
import type { Subject } from "#lib/x509/distinguished-name";
import { readSubject } from "#lib/x509/read-subject";
import type { PinnedOrganisation } from "./organisation-chain";
import { readOtherTokens, type OtherTokenEnv } from "./other-tokens-file";
import type { PinSource } from "./token/pin-source";

/** A time-stamp authority, and what is demanded of it; null where nothing is. */
export interface AuthorityEnv {
  readonly url: string;
  readonly certificateFile: string | null;
  readonly policy: string | null;
}

/**
 * The worker's whole configuration, and the only place that knows where the PIN is. The PIN itself is read by the child that
 * needs it, never here. Names and meanings: the table in README.md.
 */
export interface WorkerEnv {
  readonly databaseUrl: string;
  readonly token: TokenEnv;
  /** The worker's own memory, on its own disk: pinned rosters, heads seen, certificates. */
  readonly stateFolder: string;
  /** The kind of ceremony this worker takes part in: its keys and its recorder are of that kind and no other. */
  readonly mode: Mode;
  readonly name: string;
  /** Who stamps transcripts and records, two at most; `certificateFile` names the certificate that the authority's own must lead to. */
  readonly timeStamps: readonly AuthorityEnv[];
  /** The tokens beside its own that scripts may work on. */
  readonly others: readonly OtherTokenEnv[];
  /** The transparency log this worker keeps, and who is asked to cosign it; null when it keeps none. */
  readonly log: { readonly origin: string; readonly witnesses: readonly Witness[] } | null;
  /** The name that an organisation is asked to certify the recorder under; null: that of its own certificate. */
  readonly recorderSubject: Subject | null;
  /** Who answers for the recorder's key beside the recorder itself, and as whom; null: nobody. */
  readonly organisation: PinnedOrganisation | null;
  /** Where backups go; null when this worker makes none. */
  readonly backupDirectory: string | null;
  /** How often the tokens are compared with the register. */
  readonly compareMinutes: number;
}

/** What is needed to find the token and open it, or to make one. */
export interface TokenEnv {
  readonly profile: ProfileId;
  readonly modulePath: string;
  readonly configDirectory: string | null;
  readonly label: string;
  readonly serial: string | null;
  readonly pin: PinSource;
  readonly securityOfficerPin: PinSource | null;
  /** The environment the child's few variables are taken from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const POLICY_IS = "is an object identifier, numbers with dots between";
const given = z.string().trim().min(1);
const TokenVariables = z.object({
  CLAVIGER_PKCS11_MODULE: given,
  CLAVIGER_PKCS11_PROFILE: z.enum(PROFILE_IDS).default("generic"),
  CLAVIGER_PKCS11_CONFIG_DIRECTORY: given.optional(),
  CLAVIGER_TOKEN_LABEL: given.max(32),
  CLAVIGER_TOKEN_SERIAL: given.max(64).optional(),
  CLAVIGER_PIN_FILE: given.optional(),
  CLAVIGER_PIN: z.string().min(1).optional(),
  CLAVIGER_SO_PIN_FILE: given.optional(),
  CLAVIGER_SO_PIN: z.string().min(1).optional(),
});
const WorkerVariables = z.object({
  DATABASE_URL: given.refine((url) => /^postgres(?:ql)?:\/\//.test(url), "is not the address of a PostgreSQL database"),
  CLAVIGER_TOKEN_SERIAL: given.max(64),
  CLAVIGER_WORKER_STATE: given,
  CLAVIGER_WORKER_MODE: z.enum(MODES),
  CLAVIGER_WORKER_NAME: z.string().regex(/^[\w.:-]{1,64}$/, "has letters, digits, dots and dashes only").optional(),
  CLAVIGER_TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
  CLAVIGER_TSA_CERTIFICATE_FILE: given.optional(),
  CLAVIGER_TSA_POLICY: given.regex(/^[0-2](?:\.\d{1,20}){1,30}$/, POLICY_IS).optional(),
  CLAVIGER_SECOND_TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
  CLAVIGER_SECOND_TSA_CERTIFICATE_FILE: given.optional(),
  CLAVIGER_SECOND_TSA_POLICY: given.regex(/^[0-2](?:\.\d{1,20}){1,30}$/, POLICY_IS).optional(),
  CLAVIGER_OTHER_TOKENS_FILE: given.optional(),
  CLAVIGER_RECORDER_SUBJECT: given.refine((name) => readSubject(name) !== null, 'is not a name such as "C=DE, O=Example AG, CN=Claviger recorder"').optional(),
  CLAVIGER_ORGANISATION_ROOT: given.transform((hash) => hash.toLowerCase().replace(/[\s:]/g, "")).refine((hash) => /^[0-9a-f]{64}$/.test(hash), "is not a SHA-256 in hex").optional(),
  CLAVIGER_CERTIFIED_AS: given.optional(),
  CLAVIGER_BACKUP_DIRECTORY: given.optional(),
  CLAVIGER_COMPARE_MINUTES: z.coerce.number().int().min(1).max(10_080).default(60),
  CLAVIGER_LOG_ORIGIN: given.refine(isLogOrigin, LOG_ORIGIN_IS).optional(),
  CLAVIGER_LOG_WITNESSES: given.refine((list) => readWitnesses(list) !== null, WITNESSES_ARE).optional(),
});

const KNOWN: readonly string[] = [...Object.keys(TokenVariables.shape), ...Object.keys(WorkerVariables.shape)];

/**
 * The worker's configuration from the environment, or one sentence for each thing wrong with it. A CLAVIGER_ variable nobody
 * knows is wrong: a misspelt name must not quietly mean its default.
 */
export function readWorkerEnv(environment: Environment): Result<WorkerEnv, string[]> {
  const token = readTokenEnv(environment);
  const parsed = WorkerVariables.safeParse(withoutEmpty(environment));
  const others = othersOf(environment);
  const refused = [token, others].flatMap((read) => (read.ok ? [] : read.refusal));
  const problems = [...refused, ...(parsed.success ? [] : sentences(parsed.error))];
  if (!token.ok || !parsed.success || !others.ok) return refuse([...new Set(problems)]);
  const { data } = parsed;
  const timeStamps = authoritiesIn(data);
  if (!timeStamps.ok) return timeStamps;
  const { CLAVIGER_ORGANISATION_ROOT: root, CLAVIGER_CERTIFIED_AS: certifiedAs } = data;
  if ((root === undefined) !== (certifiedAs === undefined)) return refuse(["CLAVIGER_ORGANISATION_ROOT and CLAVIGER_CERTIFIED_AS go together: claviger recorder certify says both."]);
  const { CLAVIGER_LOG_ORIGIN: origin, CLAVIGER_LOG_WITNESSES: witnesses } = data;
  if (witnesses !== undefined && origin === undefined) return refuse(["CLAVIGER_LOG_ORIGIN is missing: CLAVIGER_LOG_WITNESSES cosign that log."]);
  return ok({
    databaseUrl: data.DATABASE_URL,
    token: token.value,
    stateFolder: data.CLAVIGER_WORKER_STATE,
    mode: data.CLAVIGER_WORKER_MODE,
    name: data.CLAVIGER_WORKER_NAME ?? hostname(),
    timeStamps: timeStamps.value,
    others: others.value,
    recorderSubject: readSubject(data.CLAVIGER_RECORDER_SUBJECT ?? ""),
    organisation: root === undefined || certifiedAs === undefined ? null : { root, name: certifiedAs },
    backupDirectory: data.CLAVIGER_BACKUP_DIRECTORY ?? null,
    compareMinutes: data.CLAVIGER_COMPARE_MINUTES,
    log: origin === undefined ? null : { origin, witnesses: (witnesses === undefined ? null : readWitnesses(witnesses)) ?? [] },
  });
}

/** The authorities that are named, each with what is demanded of it. */
function authoritiesIn(data: z.infer<typeof WorkerVariables>): Result<readonly AuthorityEnv[], string[]> {
  const named = (["CLAVIGER_TSA", "CLAVIGER_SECOND_TSA"] as const).map((of) => ({
    of,
    url: data[`${of}_URL`],
    certificateFile: data[`${of}_CERTIFICATE_FILE`] ?? null,
    policy: data[`${of}_POLICY`] ?? null,
  }));
  const [first, second] = named;
  const nameless = named.find(({ url, certificateFile, policy }) => url === undefined && (certificateFile !== null || policy !== null));
  if (nameless) {
    const what = nameless.certificateFile === null ? `${nameless.of}_POLICY is a policy` : `${nameless.of}_CERTIFICATE_FILE is the certificate`;
    return refuse([`${nameless.of}_URL is missing: ${what} of that authority.`]);
  }
  if (first?.url === undefined && second?.url !== undefined) return refuse(["CLAVIGER_TSA_URL is missing: CLAVIGER_SECOND_TSA_URL is a second authority."]);
  return ok(named.flatMap(({ url, certificateFile, policy }) => (url === undefined ? [] : [{ url, certificateFile, policy }])));
}

/** The part of it that `claviger token init` needs. */
export function readTokenEnv(environment: Environment): Result<TokenEnv, string[]> {
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith("CLAVIGER_") && !KNOWN.includes(name))
    .map((name) => `${name} is not a variable of the worker.`);
  const parsed = TokenVariables.safeParse(withoutEmpty(environment));
  if (!parsed.success) return refuse([...unknown, ...sentences(parsed.error)]);
  const { data } = parsed;
  const pin = pinSource(data.CLAVIGER_PIN_FILE, data.CLAVIGER_PIN, "CLAVIGER_PIN");
  const officer = pinSource(data.CLAVIGER_SO_PIN_FILE, data.CLAVIGER_SO_PIN, "CLAVIGER_SO_PIN");
  if (pin === null) unknown.push("CLAVIGER_PIN_FILE is missing: the file that holds the user PIN of the token (or CLAVIGER_PIN).");
  if (data.CLAVIGER_PIN_FILE !== undefined && data.CLAVIGER_PIN !== undefined) unknown.push("CLAVIGER_PIN_FILE and CLAVIGER_PIN are both set: one PIN has one source.");
  if (unknown.length > 0 || pin === null) return refuse(unknown);
  return ok({
    profile: data.CLAVIGER_PKCS11_PROFILE,
    modulePath: data.CLAVIGER_PKCS11_MODULE,
    configDirectory: data.CLAVIGER_PKCS11_CONFIG_DIRECTORY ?? null,
    label: data.CLAVIGER_TOKEN_LABEL,
    serial: data.CLAVIGER_TOKEN_SERIAL ?? null,
    pin,
    securityOfficerPin: officer,
    environment,
  });
}

/** The variables of the worker; of a PIN nothing is told but that it is set. */
export const WORKER_SETTINGS = { known: KNOWN, secret: ["CLAVIGER_PIN", "CLAVIGER_SO_PIN"] };

/** How this process is configured, as far as it may be told. */
export const workerConfiguration = (): Configuration => configurationOf(process.env, WORKER_SETTINGS);

/** The same out of this process's environment. */
export const workerEnvOfProcess = (): Result<WorkerEnv, string[]> => readWorkerEnv(process.env);
export const tokenEnvOfProcess = (): Result<TokenEnv, string[]> => readTokenEnv(process.env);

function pinSource(file: string | undefined, value: string | undefined, variable: string): PinSource | null {
  if (file !== undefined) return { file };
  return value === undefined ? null : { variable };
}

function othersOf(environment: Environment): Result<readonly OtherTokenEnv[], string[]> {
  const file = (environment["CLAVIGER_OTHER_TOKENS_FILE"] ?? "").trim();
  return file === "" ? ok([]) : readOtherTokens(file, environment);
}

/** An empty variable is a variable that is not set: shells and unit files cannot say it otherwise. */
const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));

function sentences(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const { message } = issue;
    const name = issue.path.join(".");
    if (issue.code === "invalid_type") return `${name} is missing.`;
    if (issue.code === "invalid_value") return `${name} is one of ${issue.values.join(", ")}, and only one.`;
    return `${name} ${message.startsWith("is ") || message.startsWith("has ") ? message : `cannot be read: ${message}`}.`;
  });
}
