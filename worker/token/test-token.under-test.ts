import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { softHsmFolder } from "../../cli/setup/pkcs11-modules.mjs";
import { testModule } from "#cli/testing/test-database";
import type { ProfileId } from "#lib/token/profile";
import type { ChildTokenOptions } from "./child-token";
import { initToken } from "./init-token";

/** Told apart from everything else in any output that a test searches. */
export const CANARY_PIN = "canary-4711-pin";
export const CANARY_SO_PIN = "canary-0815-so-pin";

export interface TestToken {
  readonly options: ChildTokenOptions;
  readonly folder: string;
  readonly pinFile: string;
  readonly drop: () => void;
}

/** A fresh, initialised token, in a folder of its own or beside those in a folder given, and the options that open it. */
export async function testToken(
  which: "softhsm" | "nss",
  label = "test",
  folder = mkdtempSync(path.join(tmpdir(), "claviger-token-")),
  trustedKey = false,
): Promise<TestToken> {
  const [pinFile, securityOfficerPinFile] = [path.join(folder, "pin"), path.join(folder, "so-pin")];
  writeFileSync(pinFile, `${CANARY_PIN}\n`, { mode: 0o600 });
  writeFileSync(securityOfficerPinFile, `${CANARY_SO_PIN}\n`, { mode: 0o600 });
  const world = which === "softhsm" ? softHsmWorld(folder, label) : nssWorld(folder);
  const options: ChildTokenOptions = { ...world, modulePath: testModule(which), pin: { file: pinFile } };
  await initToken({ ...options, securityOfficerPin: { file: securityOfficerPinFile }, trustedKey });
  return { options, folder, pinFile, drop: () => rmSync(folder, { recursive: true, force: true }) };
}

type World = Pick<ChildTokenOptions, "profile" | "label" | "environment" | "configDirectory"> & { profile: ProfileId };

function softHsmWorld(folder: string, label: string): World {
  return { profile: "softhsm2", label, environment: softHsmFolder(folder) };
}

/** NSS has one token, named by itself. */
function nssWorld(folder: string): World {
  const configDirectory = path.join(folder, "nss");
  mkdirSync(configDirectory);
  return { profile: "nss-softokn", label: "NSS Certificate DB", environment: {}, configDirectory };
}
