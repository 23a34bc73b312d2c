import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { operationsOf, stepsOf, type OperationRequest, type Script } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import type { TokenEnv } from "#worker/env";
import type { OtherTokenEnv } from "#worker/other-tokens-file";
import { ChildToken } from "#worker/token/child-token";
import { initToken } from "#worker/token/init-token";
import type { OpenedToken } from "#worker/parts-port";
import { PlayedSecrets, type Halves } from "#cli/demo/played-secrets";
import { softHsmFolder } from "../setup/pkcs11-modules.mjs";

/** Tokens that nobody keeps, with a folder of their own. */
export interface ThrowAwayTokens {
  readonly own: OpenedToken;
  /** How the ceremony's own token is found, as a worker's environment would say it. */
  readonly env: TokenEnv;
  readonly others: readonly OtherTokenEnv[];
  /** Their PINs, for the custodians whom the script asks for them. */
  readonly secrets: PlayedSecrets;
  /** Folders of this rehearsal's own: for the worker's memory, and for backups. */
  readonly stateFolder: string;
  readonly backupFolder: string;
  /** Ends the child and takes everything away. */
  drop(): Promise<void>;
}

/** SoftHSM2 tokens: makes the ceremony's own, and every other token of the script that the script does not make itself. */
export async function throwAwayTokens(script: Script, modulePath: string): Promise<ThrowAwayTokens> {
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-rehearsal-"));
  const [stateFolder, backupFolder] = [path.join(folder, "state"), path.join(folder, "backups")];
  for (const one of [stateFolder, backupFolder]) mkdirSync(one, { mode: 0o700 });
  const world = { profile: "softhsm2", modulePath } as const;
  const known: Record<string, Halves> = {};
  try {
    const env = await tokenNamed("rehearsal", "rehearsal", true, wantsTrustedKey(script));
    const others: OtherTokenEnv[] = [];
    for (const { name, label, initialised, unlocked } of otherTokensOf(script)) {
      const { environment, pin } = await tokenNamed(name, label, initialised);
      others.push({
        ...world,
        name,
        label,
        serial: null,
        configDirectory: null,
        pin: initialised && !unlocked ? pin : null,
        environment,
      });
    }
    const own = await ChildToken.open({ ...world, label: env.label, environment: env.environment, pin: env.pin });
    return {
      own,
      env,
      others,
      secrets: new PlayedSecrets(known),
      stateFolder,
      backupFolder,
      drop: () => own.close().finally(() => remove(folder)),
    };
  } catch (fault) {
    remove(folder);
    throw fault;
  }

  async function tokenNamed(name: string, label: string, initialised: boolean, trustedKey = false): Promise<TokenEnv> {
    const environment = { ...softHsmFolder(path.join(folder, name)) };
    const [pin, securityOfficerPin] = [secretFile(name, "user-pin"), secretFile(name, "so-pin")];
    if (initialised) await initToken({ ...world, label, pin, securityOfficerPin, environment, trustedKey });
    return { ...world, label, serial: null, configDirectory: null, pin, securityOfficerPin, environment };
  }

  function secretFile(token: string, secret: "so-pin" | "user-pin"): { file: string } {
    const file = path.join(folder, `${token}.${secret}`);
    const value = randomBytes(12).toString("hex");
    writeFileSync(file, `${value}\n`, { mode: 0o600 });
    known[`${token}/${secret}`] = [value.slice(0, 12), value.slice(12)];
    return { file };
  }
}

/** Whether the script makes a key that only a trusted key may wrap, so that the token's security officer must have made one. */
const wantsTrustedKey = (script: Script): boolean =>
  stepsOf(script)
    .flatMap(operationsOf)
    .some((request) => request["wrapWithTrusted"] === true);

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

type OtherToken = { readonly name: string; readonly label: string; readonly initialised: boolean; readonly unlocked: boolean };

/**
 * The other tokens of a script: under the label that it gives them, not there yet where the first thing done to one is to make
 * it.
 */
function otherTokensOf(script: Script): OtherToken[] {
  const asked = stepsOf(script)
    .flatMap(operationsOf)
    .map((request) => ({ request, tokens: book.find(request.operation)?.tokens?.(request) ?? [] }));
  return [...new Set(asked.flatMap(({ tokens }) => tokens))].map((name) => {
    const requests = asked.filter(({ tokens }) => tokens.includes(name)).map(({ request }) => request);
    const is = (operation: string) => (request: OperationRequest | undefined) => request?.operation === operation;
    const label = requests.find(is("initialise-token"))?.["label"];
    return {
      name,
      label: typeof label === "string" ? label : name.slice(0, 32),
      initialised: !is("initialise-token")(requests[0]),
      unlocked: requests.some(is("unlock-token")),
    };
  });
}
