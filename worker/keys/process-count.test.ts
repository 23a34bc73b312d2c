import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { PROFILE_IDS, PROFILES, type ProfileId } from "#lib/token/profile";
import { readKeysEnv } from "./env";

const HASH = "ab".repeat(32);
const processesOf = (profile: ProfileId, said: Readonly<Record<string, string>> = {}) => {
  const env = readKeysEnv({
    DATABASE_URL: "postgresql://claviger_keys:secret@127.0.0.1:5432/claviger",
    CLAVIGER_PKCS11_MODULE: "/usr/lib/module.so",
    CLAVIGER_PKCS11_PROFILE: profile,
    CLAVIGER_TOKEN_LABEL: "ceremonies",
    CLAVIGER_TOKEN_SERIAL: "3f9a77c0aa11bb22",
    CLAVIGER_PIN_FILE: "/etc/claviger/pin",
    CLAVIGER_KEYS_MODE: "production",
    CLAVIGER_KEYS_STATE: "/var/lib/claviger-keys",
    CLAVIGER_KEYS_ROSTER: HASH,
    CLAVIGER_KEYS_RECORDERS: HASH,
    CLAVIGER_KEYS_ORIGIN: "https://keys.example.org",
    ...said,
  });
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
