import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readWorkerEnv } from "./env";
import { readOtherTokens } from "./other-tokens-file";

const folder = mkdtempSync(path.join(tmpdir(), "claviger-others-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VAULT = {
  name: "vault",
  modulePath: "/usr/lib/softhsm/libsofthsm2.so",
  profile: "softhsm2",
  label: "vault",
  pinFile: "/etc/claviger/vault-pin",
};

function file(text: string): string {
  const name = path.join(folder, "others.json");
  writeFileSync(name, text);
  return name;
}
const read = (listed: unknown) =>
  readOtherTokens(file(JSON.stringify(listed)), { SOFTHSM2_CONF: "/etc/softhsm2.conf", TZ: "UTC" });
const problems = (listed: unknown): string => {
  const others = read(listed);
  return others.ok ? "" : others.refusal.join(" ");
};

test("accepts a list of tokens; one may have an environment and a serial number of its own, and needs no PIN", () => {
  const others = read([
    VAULT,
    { ...VAULT, name: "blank", pinFile: undefined, serial: "77", environment: { SOFTHSM2_CONF: "/etc/blank.conf" } },
  ]);
  expect(others.ok && others.value).toMatchObject([
    {
      name: "vault",
      serial: null,
      configDirectory: null,
      pin: { file: "/etc/claviger/vault-pin" },
      environment: { SOFTHSM2_CONF: "/etc/softhsm2.conf" },
    },
    { name: "blank", serial: "77", pin: null, environment: { SOFTHSM2_CONF: "/etc/blank.conf", TZ: "UTC" } },
  ]);
});

test.each<[string, unknown, string]>([
  ["something else than a list", { vault: VAULT }, "holds no list"],
  ["an item that is no token", ["vault"], "does not describe token 1"],
  ["two tokens of one name", [VAULT, VAULT], "names two tokens vault."],
  ["a member nobody knows", [{ ...VAULT, pin: "1234" }], "the token vault by members nobody knows: pin."],
  ["a missing member", [{ ...VAULT, modulePath: undefined }], "the token vault, whose modulePath is missing."],
  ["an unknown profile", [{ ...VAULT, profile: "toy" }], "whose profile is one of softhsm2"],
  ["a name that no script can say", [{ ...VAULT, name: "The Vault" }], "the token The Vault, whose name cannot be used."],
  [
    "a variable that its module does not read",
    [{ ...VAULT, environment: { LD_PRELOAD: "x" } }],
    "environment.LD_PRELOAD is not a variable",
  ],
])("refuses %s in a sentence that says which token", (_, listed, says) => {
  expect(problems(listed)).toContain(says);
});

test("refuses a file that is not there or is no JSON, and says nothing of what is in it", () => {
  expect(readOtherTokens(path.join(folder, "nowhere.json"), {})).toMatchObject({
    ok: false,
    refusal: [expect.stringContaining("cannot be read")],
  });
  expect(readOtherTokens(file("canary-pin"), {})).toMatchObject({ ok: false, refusal: [expect.not.stringContaining("canary")] });
});

test("the worker does not start with a list it cannot read", () => {
  const env = readWorkerEnv({ CLAVIGER_OTHER_TOKENS_FILE: path.join(folder, "nowhere.json") });
  expect(env.ok ? "" : env.refusal.join(" ")).toContain("CLAVIGER_OTHER_TOKENS_FILE names a file that cannot be read");
});
