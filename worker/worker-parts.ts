import { readFileSync } from "node:fs";
import { timeStampClient } from "#lib/pdf/time-stamp-client";
import { holdExclusiveLock } from "#lib/store/exclusive-lock";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { databaseStore } from "./database-store";
import type { TokenEnv, WorkerEnv } from "./env";
import { WorkerMemory } from "./memory";
import { ChildToken } from "./token/child-token";
import type { WorkerParts } from "./work";

/** The real parts of a worker, as its environment says. */
export function workerParts(env: WorkerEnv, log: (line: string) => void): WorkerParts & { readonly serial: string } {
  const serial = env.token.serial ?? "";
  return {
    name: env.name,
    serial,
    modes: env.modes,
    software: softwareName(),
    store: databaseStore(env.databaseUrl),
    memory: new WorkerMemory(env.stateFolder),
    verifier: webCryptoVerifier,
    timeStamp: env.timestampUrl === null ? null : timeStampClient({ url: env.timestampUrl }),
    now: () => new Date(),
    openToken: () => openToken(env.token),
    lead: (signal, onWaiting) => holdExclusiveLock(env.databaseUrl, `claviger/worker/${serial}`, signal, onWaiting),
    log,
  };
}

/** The child process that holds the PKCS#11 module, logged in to the token. */
export function openToken(env: TokenEnv, onWaiting: () => void = () => undefined): Promise<ChildToken> {
  return ChildToken.open({
    profile: env.profile,
    modulePath: env.modulePath,
    label: env.label,
    ...(env.serial === null ? {} : { serial: env.serial }),
    ...(env.configDirectory === null ? {} : { configDirectory: env.configDirectory }),
    pin: env.pin,
    environment: env.environment,
    onWaiting,
  });
}

function softwareName(): string {
  const { name, version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { name: string; version: string };
  return `${name} ${version}`;
}
