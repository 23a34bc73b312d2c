import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { ClavigerClient, type ClientOptions } from "./claviger-client";
import { provedByCertificate, provedByKey } from "./client-proof";
import { embeddedMetrics } from "./embedded-metrics";
import { JwtTokens } from "./jwt-tokens";
import { KeySet } from "./key-set";
import { TokenVerifier } from "./token-verifier";
import { holdsCertificates, isPair } from "./wire";

/** What an environment says of one application and its keys. */
export interface FromEnvironment {
  readonly client: ClavigerClient;
  /** Null without HSM_JWT_KEY_ID. */
  readonly tokens: JwtTokens | null;
  /** By what names keys are asked for: what the application encrypts by, and what data keys of its database are wrapped by. */
  readonly keys: { readonly jwt: string | null; readonly apiEncryption: string | null; readonly dbEncryption: string | null };
  /** Ends the connections that are kept open. */
  close(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  /** What it is where it is not said. */
  readonly usual?: string;
  readonly must?: true;
  readonly form?: RegExp;
  readonly range?: readonly [number, number];
  readonly is?: string;
}

const NAME = { form: /^[a-z0-9-]{1,64}$/, is: "is the alias or the id of a key: lower-case letters, digits and dashes" } as const;

/** Every variable; what each means stands in docs/client.md. */
export const VARIABLES = {
  CLAVIGER_KEYS_URL: { must: true },
  CLAVIGER_KEYS_ORIGIN: { form: /^https?:\/\/[^/?#@]+$/, is: "is an origin, such as https://keys.example.org" },
  CLAVIGER_KEYS_CA_FILE: {},
  CLAVIGER_ACCOUNT: { must: true },
  CLAVIGER_CLIENT_KEY_FILE: { must: true },
  CLAVIGER_CLIENT_CERTIFICATE_FILE: {},
  CLAVIGER_TOKEN_ISSUER: {},
  CLAVIGER_TOKEN_AUDIENCE: {},
  CLAVIGER_CALL_DEADLINE: { usual: "15000", range: [100, 600_000] },
  HSM_CLUSTER_ID: {},
  HSM_JWT_KEY_ID: NAME,
  HSM_API_ENCRYPTION_KEY_ID: NAME,
  HSM_DB_ENCRYPTION_KEY_ID: NAME,
  HSM_CONNECTION_TIMEOUT: { usual: "5000", range: [100, 120_000] },
  HSM_MAX_RETRIES: { usual: "3", range: [0, 20] },
  HSM_CONNECTION_POOL_SIZE: { usual: "16", range: [1, 1_000] },
  HSM_METRICS_ENABLED: { usual: "false", form: /^(?:true|false)$/, is: "is true or false" },
  HSM_CLOUDWATCH_NAMESPACE: { usual: "Claviger", form: /^(?!AWS\/)[\w.\-/#:]{1,255}$/, is: "is a namespace of CloudWatch that does not begin with AWS/" },
} as const satisfies Record<string, Variable>;

type Name = keyof typeof VARIABLES;

/** The values of all variables, or a sentence for each thing that is wrong: it names the variable, never what stands in it. */
export function readClientEnv(environment: Environment): { readonly values: Readonly<Record<Name, string | null>>; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const read = ([name, { usual, must, form, range, is }]: [string, Variable]): [string, string | null] => {
    const value = environment[name]?.trim() || usual || null;
    if (value === null && must) wrong.push(`${name} is missing.`);
    if (value !== null && form && !form.test(value)) wrong.push(`${name} ${is ?? "cannot be read"}.`);
    const isWhole = value !== null && /^\d{1,9}$/.test(value);
    if (range && !(isWhole && Number(value) >= range[0] && Number(value) <= range[1])) wrong.push(`${name} is a whole number from ${String(range[0])} to ${String(range[1])}.`);
    return [name, value];
  };
  const values = Object.fromEntries(Object.entries(VARIABLES).map(read)) as Record<Name, string | null>;
  if (values.HSM_JWT_KEY_ID !== null) {
    const needed = (["CLAVIGER_TOKEN_ISSUER", "CLAVIGER_TOKEN_AUDIENCE"] as const).filter((name) => values[name] === null);
    wrong.push(...needed.map((name) => `${name} is missing: with HSM_JWT_KEY_ID tokens are verified, and so it has to be known whose and for whom.`));
  }
  return { values, wrong };
}

/**
 * A client as the environment describes it; `write` takes the lines of metrics, if they are wanted. Throws an Error that says all that
 * is wrong with it.
 */
export function clientFromEnvironment(
  environment: Environment = process.env,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): FromEnvironment {
  const { values, wrong } = readClientEnv(environment);
  if (wrong.length > 0) throw new Error(wrong.join(" "));
  const said = (name: Name): string => values[name] ?? "";
  const [ca, cert] = [fileOf(values, "CLAVIGER_KEYS_CA_FILE"), fileOf(values, "CLAVIGER_CLIENT_CERTIFICATE_FILE")];
  const key = fileOf(values, "CLAVIGER_CLIENT_KEY_FILE") ?? "";
  const own = privateKeyOf(key);
  if (ca !== null && !holdsCertificates(ca)) throw new Error("CLAVIGER_KEYS_CA_FILE names a file that holds no certificates in PEM, or a broken one.");
  if (cert !== null && !isPair({ key, cert })) throw new Error("CLAVIGER_CLIENT_CERTIFICATE_FILE names a file that holds no certificate of the client's key in PEM.");
  const account = said("CLAVIGER_ACCOUNT");
  const names = { namespace: said("HSM_CLOUDWATCH_NAMESPACE"), clusterId: values.HSM_CLUSTER_ID };
  const onCalled = values.HSM_METRICS_ENABLED === "true" ? embeddedMetrics(write, names) : undefined;
  const [timeoutMs, deadlineMs] = [Number(values.HSM_CONNECTION_TIMEOUT), Number(values.CLAVIGER_CALL_DEADLINE)];
  const both = { url: said("CLAVIGER_KEYS_URL"), ca: ca ?? undefined, timeoutMs, deadlineMs, retries: Number(values.HSM_MAX_RETRIES), onCalled };
  const options: ClientOptions = {
    ...both,
    origin: values.CLAVIGER_KEYS_ORIGIN ?? undefined,
    proof: cert === null ? provedByKey(account, own) : provedByCertificate(account),
    certificate: cert === null ? undefined : { key, cert },
    sockets: Number(values.HSM_CONNECTION_POOL_SIZE),
  };
  const client = new ClavigerClient(options);
  const issuer = said("CLAVIGER_TOKEN_ISSUER");
  const keySet = new KeySet({ ...both, segment: segmentOf(issuer, values.CLAVIGER_KEYS_ORIGIN ?? new URL(both.url).origin) });
  const jwt = values.HSM_JWT_KEY_ID;
  const audience = said("CLAVIGER_TOKEN_AUDIENCE");
  const verifier = new TokenVerifier(keySet, { issuer, audience });
  return {
    client,
    tokens: jwt === null ? null : new JwtTokens(client, verifier, { key: jwt, audience }),
    keys: { jwt, apiEncryption: values.HSM_API_ENCRYPTION_KEY_ID, dbEncryption: values.HSM_DB_ENCRYPTION_KEY_ID },
    close() {
      client.close();
      keySet.close();
    },
  };
}

/** An issuer whose name is below the origin has a key set of its own there; the keys of any other are in that of all. */
function segmentOf(issuer: string, origin: string): string | undefined {
  const behind = issuer.startsWith(`${origin}/`) ? issuer.slice(origin.length + 1) : "";
  return /^(?!\.+$)[A-Za-z0-9._~-]{1,64}$/.test(behind) ? behind : undefined;
}

function fileOf(values: Readonly<Record<Name, string | null>>, name: Name): string | null {
  const place = values[name];
  if (place === null) return null;
  try {
    return readFileSync(place, "utf8");
  } catch {
    throw new Error(`${name} names a file that cannot be read.`);
  }
}

/** What Node says of a key that it cannot read is not handed on: parts of the file could stand in it. */
function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error("CLAVIGER_CLIENT_KEY_FILE names a file that holds no private key in PEM.");
  }
}
