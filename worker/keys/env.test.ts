import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { configurationOf } from "#lib/log/configuration";
import { PROFILE_IDS, PROFILES, type ProfileId } from "#lib/token/profile";
import { KEYS_SETTINGS, readKeysEnv } from "./env";

const HASH = "ab".repeat(32);
const GOOD = {
  DATABASE_URL: "postgresql://claviger_keys:secret@127.0.0.1:5432/claviger",
  CLAVIGER_PKCS11_MODULE: "/usr/lib/softhsm/libsofthsm2.so",
  CLAVIGER_PKCS11_PROFILE: "softhsm2",
  CLAVIGER_TOKEN_LABEL: "ceremonies",
  CLAVIGER_TOKEN_SERIAL: "3f9a77c0aa11bb22",
  CLAVIGER_PIN_FILE: "/etc/claviger/pin",
  CLAVIGER_KEYS_MODE: "production",
  CLAVIGER_KEYS_STATE: "/var/lib/claviger-keys",
  CLAVIGER_KEYS_ROSTER: HASH,
  CLAVIGER_KEYS_RECORDERS: `${HASH} ${"cd".repeat(32)}`,
  CLAVIGER_KEYS_ORIGIN: "https://keys.example.org",
};

const problems = (change: Record<string, string | undefined>): string => {
  const env = readKeysEnv({ ...GOOD, ...change });
  return env.ok ? "" : env.refusal.join(" ");
};

test("accepts a whole configuration, and what is left out has its default", () => {
  const env = readKeysEnv(GOOD);
  expect(env.ok && env.value).toMatchObject({
    mode: "production",
    recorders: new Set([HASH, "cd".repeat(32)]),
    token: { profile: "softhsm2", serial: "3f9a77c0aa11bb22", pin: { file: "/etc/claviger/pin" } },
    listen: { host: "127.0.0.1", port: 4700 },
    processes: 2,
    patienceMs: 5_000,
    verifiesAll: true,
  });
});

test.each<[Record<string, string | undefined>, RegExp]>([
  [{ CLAVIGER_TOKEN_SERIAL: undefined }, /CLAVIGER_TOKEN_SERIAL is missing/],
  [{ CLAVIGER_PIN_FILE: "" }, /CLAVIGER_PIN_FILE or CLAVIGER_PIN/],
  [{ CLAVIGER_PIN: "1234" }, /one of the two/],
  [{ CLAVIGER_KEYS_ROSTER: "abc" }, /CLAVIGER_KEYS_ROSTER is the hash of a roster/],
  [{ CLAVIGER_KEYS_RECORDERS: `${HASH} abc` }, /CLAVIGER_KEYS_RECORDERS is a list of fingerprints/],
  [{ CLAVIGER_KEYS_ORIGIN: "https://keys.example.org/" }, /CLAVIGER_KEYS_ORIGIN is an origin/],
  [{ CLAVIGER_KEYS_PROCESSES: "0" }, /CLAVIGER_KEYS_PROCESSES/],
  [{ CLAVIGER_KEYS_TLS_KEY_FILE: "/etc/claviger/tls.key" }, /go together/],
  [{ CLAVIGER_KEYS_VERIFY: "never" }, /CLAVIGER_KEYS_VERIFY is one of all, first/],
  [{ CLAVIGER_KEYS_PROCESES: "4" }, /CLAVIGER_KEYS_PROCESES is not a variable of the key process/],
  [{ CLAVIGER_WORKER_STATE: "/var/lib/claviger" }, /CLAVIGER_WORKER_STATE is not a variable of the key process/],
])("says what is wrong with %o", (change, problem) => {
  expect(problems(change)).toMatch(problem);
});

test("of its configuration no PIN is told, nor anything a PIN could be tried on", () => {
  expect(KEYS_SETTINGS.secret).toEqual(KEYS_SETTINGS.known.filter((name) => /SECRET$|PASSWORD|PIN$/.test(name)));
  const told = (change: Record<string, string>) => configurationOf({ ...GOOD, ...change }, KEYS_SETTINGS);
  expect(told({ CLAVIGER_PIN: "1234" })).toEqual(told({ CLAVIGER_PIN: "9876" }));
  expect(told({ DATABASE_URL: GOOD.DATABASE_URL.replace("secret", "other") })).toEqual(told({}));
  expect(told({ CLAVIGER_KEYS_VERIFY: "first" }).digest).not.toBe(told({}).digest);
});

const processesOf = (profile: ProfileId, said: Readonly<Record<string, string>> = {}) => {
  const env = readKeysEnv({ ...GOOD, CLAVIGER_PKCS11_PROFILE: profile, ...said });
  return env.ok ? env.value.processes : env.refusal;
};

test.each(PROFILE_IDS)("%s has a number of signing processes of its own, which counts where nothing else is said", (profile) => {
  const { processes } = PROFILES[profile].keyUse;
  expect(processesOf(profile)).toBe(processes);
  expect(processesOf(profile, { CLAVIGER_KEYS_PROCESSES: "5" })).toBe(5);
  // No default is one that could not be written down.
  expect(processesOf(profile, { CLAVIGER_KEYS_PROCESSES: String(processes) })).toBe(processes);
});

test("README says the numbers as they are", () => {
  const row = readFileSync(path.resolve(import.meta.dirname, "../../README.md"), "utf8").split("\n").find((line) => line.includes("`CLAVIGER_KEYS_PROCESSES`"));
  const [, most = "", many, others] = /: .*; (\d+) by the profile `([a-z0-9-]+)`, (\d+) by any other/.exec(row ?? "") ?? [];
  const said = PROFILE_IDS.map((profile) => [profile, profile === many ? Number(most) : Number(others)]);
  expect(said).toEqual(PROFILE_IDS.map((profile) => [profile, PROFILES[profile].keyUse.processes]));
});
