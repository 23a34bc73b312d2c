import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { operationsOf, stepsOf, type Script } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import type { OtherTokenEnv } from "#worker/other-tokens-file";
import { ChildToken } from "#worker/token/child-token";
import { initToken } from "#worker/token/init-token";
import { softHsmFolder } from "../setup/pkcs11-modules.mjs";

/** SoftHSM2 tokens that nobody keeps, in a folder of their own with PINs that nobody knows. */
export interface ThrowAwayTokens {
  readonly own: ChildToken;
  readonly others: readonly OtherTokenEnv[];
  /** For whatever else a rehearsal keeps on disk. */
  readonly stateFolder: string;
  /** Ends the child and takes everything away. */
  drop(): Promise<void>;
}

/** Makes the ceremony's own token and, initialised or not, the other tokens that the script works on. */
export async function throwAwayTokens(script: Script, modulePath: string): Promise<ThrowAwayTokens> {
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-rehearsal-"));
  const stateFolder = path.join(folder, "state");
  mkdirSync(stateFolder, { mode: 0o700 });
  const world = { profile: "softhsm2", modulePath } as const;
  const make = async (name: string) => {
    const environment = { ...softHsmFolder(path.join(folder, name)) };
    const [pin, securityOfficerPin] = [secretFile(name, "pin"), secretFile(name, "so-pin")];
    const label = name.slice(0, 32);
    return { label, environment, pin, initialise: () => initToken({ ...world, label, pin, securityOfficerPin, environment }) };
  };
  try {
    const mine = await make("rehearsal");
    await mine.initialise();
    const others: OtherTokenEnv[] = [];
    for (const name of otherTokensOf(script)) {
      const { label, environment, pin, initialise } = await make(name);
      await initialise();
      others.push({ ...world, name, label, serial: null, configDirectory: null, pin, environment });
    }
    const own = await ChildToken.open({ ...world, label: mine.label, environment: mine.environment, pin: mine.pin });
    return { own, others, stateFolder, drop: () => own.close().finally(() => remove(folder)) };
  } catch (fault) {
    remove(folder);
    throw fault;
  }

  function secretFile(name: string, kind: string): { file: string } {
    const file = path.join(folder, `${name}.${kind}`);
    writeFileSync(file, `${randomBytes(12).toString("hex")}\n`, { mode: 0o600 });
    return { file };
  }
}

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Every name that an operation of the script has for another token. */
const otherTokensOf = (script: Script): Set<string> =>
  new Set(stepsOf(script).flatMap(operationsOf).flatMap((request) => book.find(request.operation)?.tokens?.(request) ?? []));
