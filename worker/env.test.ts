import { describe, expect, test } from "vitest";
import { configurationOf } from "#lib/log/configuration";
import { NOTE_COSIGNATURE, vkey } from "#lib/log/note";
import { WORKER_SETTINGS, readTokenEnv, readWorkerEnv } from "./env";

const GOOD = {
  PATH: "/usr/bin",
  DATABASE_URL: "postgresql://claviger_worker:secret@127.0.0.1:5432/claviger",
  CLAVIGER_PKCS11_MODULE: "/usr/lib/softhsm/libsofthsm2.so",
  CLAVIGER_PKCS11_PROFILE: "softhsm2",
  CLAVIGER_TOKEN_LABEL: "ceremonies",
  CLAVIGER_TOKEN_SERIAL: "3f9a77c0aa11bb22",
  CLAVIGER_PIN_FILE: "/etc/claviger/pin",
  CLAVIGER_WORKER_STATE: "/var/lib/claviger",
  CLAVIGER_WORKER_MODE: "production",
};

const WITNESS = `${vkey({ name: "witness.example/w1", kind: NOTE_COSIGNATURE, publicKey: new Uint8Array(32) })} https://witness.example/w1`;

const problems = (change: Record<string, string | undefined>): string => {
  const env = readWorkerEnv({ ...GOOD, ...change });
  return env.ok ? "" : env.refusal.join(" ");
};

test("accepts a whole configuration", () => {
  const env = readWorkerEnv(GOOD);
  expect(env.ok && env.value).toMatchObject({
    mode: "production",
    timeStamps: [],
    token: { profile: "softhsm2", pin: { file: "/etc/claviger/pin" }, serial: "3f9a77c0aa11bb22" },
  });
});

test("two authorities stamp, each with what is demanded of it", () => {
  const first = { CLAVIGER_TSA_URL: "https://one.example/", CLAVIGER_TSA_CERTIFICATE_FILE: "/etc/one.pem" };
  const second = { CLAVIGER_SECOND_TSA_URL: "https://two.example/", CLAVIGER_SECOND_TSA_POLICY: "1.2.3" };
  const env = readWorkerEnv({ ...GOOD, ...first, ...second });
  expect(env.ok && env.value.timeStamps).toEqual([
    { url: "https://one.example/", certificateFile: "/etc/one.pem", policy: null },
    { url: "https://two.example/", certificateFile: null, policy: "1.2.3" },
  ]);
});

test("a log is kept, with the witnesses that are named", () => {
  const env = (change: Record<string, string>) => readWorkerEnv({ ...GOOD, ...change });
  const kept = env({ CLAVIGER_LOG_ORIGIN: "keys.example/log", CLAVIGER_LOG_WITNESSES: WITNESS });
  expect(kept.ok && kept.value.log).toMatchObject({ origin: "keys.example/log", witnesses: [{ url: "https://witness.example/w1" }] });
  const alone = env({ CLAVIGER_LOG_ORIGIN: "keys.example/log" });
  expect(alone.ok && alone.value.log).toEqual({ origin: "keys.example/log", witnesses: [] });
});

test("the name to be certified is read as data, and one that cannot be is refused", () => {
  const env = readWorkerEnv({ ...GOOD, CLAVIGER_RECORDER_SUBJECT: "C=DE, O=Example AG, CN=Claviger recorder" });
  expect(env.ok && env.value.recorderSubject).toEqual({ country: "DE", organisation: "Example AG", commonName: "Claviger recorder" });
  expect(problems({ CLAVIGER_RECORDER_SUBJECT: "Claviger recorder" })).toContain("CLAVIGER_RECORDER_SUBJECT");
});

test("an organisation answers for the recorder under a root and a name, and never by one of them alone", () => {
  const both = { CLAVIGER_ORGANISATION_ROOT: "AB12 ".repeat(16).trim(), CLAVIGER_CERTIFIED_AS: "CN=Claviger recorder" };
  const env = readWorkerEnv({ ...GOOD, ...both });
  expect(env.ok && env.value.organisation).toEqual({ root: "ab12".repeat(16), name: "CN=Claviger recorder" });
  for (const name of Object.keys(both)) expect(problems({ ...both, [name]: undefined })).toContain("go together");
  expect(problems({ ...both, CLAVIGER_ORGANISATION_ROOT: "ab12" })).toContain("CLAVIGER_ORGANISATION_ROOT");
});

describe("refuses, in a sentence that names the variable,", () => {
  test.each(["DATABASE_URL", "CLAVIGER_PKCS11_MODULE", "CLAVIGER_TOKEN_LABEL", "CLAVIGER_TOKEN_SERIAL", "CLAVIGER_PIN_FILE", "CLAVIGER_WORKER_STATE", "CLAVIGER_WORKER_MODE"])(
    "a missing or empty %s",
    (name) => {
      expect(problems({ [name]: undefined })).toContain(name);
      expect(problems({ [name]: "" })).toContain(name);
    },
  );

  test.each([
    ["CLAVIGER_WORKER_MODES", "production", "CLAVIGER_WORKER_MODES is not a variable of the worker."],
    ["CLAVIGER_DEMO", "1", "CLAVIGER_DEMO is not a variable of the worker."],
    ["CLAVIGER_WORKER_MODE", "demo", "CLAVIGER_WORKER_MODE is one of rehearsal, production"],
    ["CLAVIGER_WORKER_MODE", "production,rehearsal", "CLAVIGER_WORKER_MODE is one of rehearsal, production, and only one."],
    ["CLAVIGER_PKCS11_PROFILE", "toy", "CLAVIGER_PKCS11_PROFILE is one of"],
    ["DATABASE_URL", "mysql://x", "DATABASE_URL is not the address of a PostgreSQL database."],
    ["CLAVIGER_TSA_URL", "ftp://x", "CLAVIGER_TSA_URL"],
    ["CLAVIGER_TSA_CERTIFICATE_FILE", "/etc/tsa.pem", "CLAVIGER_TSA_URL is missing"],
    ["CLAVIGER_SECOND_TSA_POLICY", "1.2.3", "CLAVIGER_SECOND_TSA_URL is missing"],
    ["CLAVIGER_SECOND_TSA_URL", "https://two.example", "CLAVIGER_TSA_URL is missing: CLAVIGER_SECOND_TSA_URL is a second authority"],
    ["CLAVIGER_TSA_POLICY", "tsa", "CLAVIGER_TSA_POLICY is an object identifier"],
    ["CLAVIGER_LOG_ORIGIN", "https://keys.example/log", "CLAVIGER_LOG_ORIGIN is written as host/path"],
    ["CLAVIGER_LOG_ORIGIN", "keys.example/rehearsal", "CLAVIGER_LOG_ORIGIN is written as host/path"],
    ["CLAVIGER_LOG_WITNESSES", "https://witness.example", "CLAVIGER_LOG_WITNESSES is a list of witnesses"],
    ["CLAVIGER_LOG_WITNESSES", WITNESS, "CLAVIGER_LOG_ORIGIN is missing"],
    ["CLAVIGER_WORKER_NAME", "a b", "CLAVIGER_WORKER_NAME has letters"],
    ["CLAVIGER_PIN", "1234", "CLAVIGER_PIN_FILE and CLAVIGER_PIN are both set"],
  ])("%s=%s", (name, value, says) => {
    expect(problems({ [name]: value })).toContain(says);
  });
});

test("the PIN may come by a variable, and is then named, never read here", () => {
  const env = readWorkerEnv({ ...GOOD, CLAVIGER_PIN_FILE: undefined, CLAVIGER_PIN: "canary-pin" });
  expect(env.ok && env.value.token.pin).toEqual({ variable: "CLAVIGER_PIN" });
  expect(problems({ CLAVIGER_PIN: "canary-pin" })).not.toContain("canary-pin");
});

test("a token can be named before there is a worker", () => {
  const { CLAVIGER_PKCS11_MODULE, CLAVIGER_TOKEN_LABEL, CLAVIGER_PIN_FILE } = GOOD;
  const env = readTokenEnv({ CLAVIGER_PKCS11_MODULE, CLAVIGER_TOKEN_LABEL, CLAVIGER_PIN_FILE, CLAVIGER_SO_PIN_FILE: "/etc/so" });
  expect(env.ok && env.value).toMatchObject({ profile: "generic", serial: null, securityOfficerPin: { file: "/etc/so" } });
});

test("of its configuration no PIN is told, nor anything a PIN could be tried on", () => {
  expect(WORKER_SETTINGS.secret).toEqual(WORKER_SETTINGS.known.filter((name) => /SECRET|PASSWORD|PIN$/.test(name)));
  const told = (change: Record<string, string>) => configurationOf({ ...GOOD, ...change }, WORKER_SETTINGS);
  expect(told({ CLAVIGER_PIN: "1234", CLAVIGER_SO_PIN: "1" })).toEqual(told({ CLAVIGER_PIN: "9876", CLAVIGER_SO_PIN: "2" }));
  expect(told({ DATABASE_URL: GOOD.DATABASE_URL.replace("secret", "other") })).toEqual(told({}));
  expect(told({ CLAVIGER_PIN_FILE: "/tmp/pin" }).digest).not.toBe(told({}).digest);
});
