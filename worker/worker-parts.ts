import { readFileSync } from "node:fs";
import type { TimeStamper } from "#lib/pdf/pades-cms";
import { timeStampClient } from "#lib/pdf/time-stamp-client";
import { readCertificate } from "#lib/x509/certificate";
import { fromPem } from "#lib/x509/pem";
import { holdExclusiveLock } from "#lib/store/exclusive-lock";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { KeptBackups } from "./backup/kept-backups";
import { databaseStore } from "./database-store";
import { TokenFault } from "#lib/token/fault";
import type { AuthorityEnv, TokenEnv, WorkerEnv } from "./env";
import { logMemory } from "./log/log-memory";
import { Witnesses } from "./log/witnesses";
import { WorkerMemory } from "./memory";
import type { OtherTokenPort } from "./other-tokens";
import type { OtherTokenEnv } from "./other-tokens-file";
import { childKeeper } from "./token/child-keeper";
import { ChildToken } from "./token/child-token";
import { identifyToken } from "./token/identify-token";
import type { WorkerParts } from "./parts-port";

/** The real parts of a worker, as its environment says. */
export function workerParts(env: WorkerEnv, log: (line: string) => void): WorkerParts & { readonly serial: string } {
  const serial = env.token.serial ?? "";
  const store = databaseStore(env.databaseUrl);
  return {
    name: env.name,
    serial,
    mode: env.mode,
    software: softwareName(),
    store,
    memory: new WorkerMemory(env.stateFolder),
    organisation: env.organisation,
    verifier: webCryptoVerifier,
    timeStamps: env.timeStamps.map(timeStamper),
    now: () => new Date(),
    openToken: (onWaiting) => openToken(env.token, onWaiting),
    backups: new KeptBackups({ token: env.token, others: env.others, directory: env.backupDirectory }),
    others: otherTokens(env.others, serial),
    keepsLog: env.log && {
      origin: env.log.origin,
      store: store.log,
      uses: store.uses,
      memory: logMemory(env.stateFolder),
      witnesses: new Witnesses(env.log.witnesses, webCryptoVerifier, () => new Date(), log),
    },
    watchesTokens: { minutes: env.compareMinutes, store: store.tokens },
    lead: (signal, onWaiting) => holdExclusiveLock(env.databaseUrl, `claviger/worker/${serial}`, signal, onWaiting),
    log,
  };
}

/** Throws when the authority's certificate cannot be read: a worker that trusts any authority was not asked for. */
function timeStamper({ url, certificateFile, policy }: AuthorityEnv): TimeStamper {
  const asked = { url, verifier: webCryptoVerifier, ...(policy !== null && { policy }) };
  if (certificateFile === null) return timeStampClient(asked);
  try {
    const anchor = fromPem(readFileSync(certificateFile, "utf8"), "CERTIFICATE");
    readCertificate(anchor);
    return timeStampClient({ ...asked, anchor });
  } catch (cause) {
    throw new Error(`the certificate of the time-stamp authority, ${certificateFile}, cannot be read as one in PEM form`, { cause });
  }
}

/** The other tokens, each in a child process of its own; never the one with the worker's `own` serial number. */
export const otherTokens = (listed: readonly OtherTokenEnv[], own: string): OtherTokenPort => ({
  listed,
  identify: (other) => identifyToken({ ...placeOf(other), serial: other.serial, environment: other.environment }),
  identifySlot: (other) => identifyToken({ ...placeOf(other), serial: null, slot: true, environment: other.environment }),
  open: openOther,
  keeper: (other, serial) => childKeeper({ ...placeOf(other), environment: other.environment, serial, never: [own] }),
});

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

/** The same for another token; one that another process holds is not waited for. */
function openOther(env: OtherTokenEnv, serial: string): Promise<ChildToken> {
  if (env.pin === null) throw new TokenFault("openOther", null, "NO-PIN");
  return ChildToken.open({
    profile: env.profile,
    modulePath: env.modulePath,
    label: env.label,
    serial,
    ...(env.configDirectory === null ? {} : { configDirectory: env.configDirectory }),
    pin: env.pin,
    environment: env.environment,
    standBy: false,
  });
}

/** Where a token is to be found, without its name in scripts and its PIN. */
const placeOf = ({ profile, modulePath, label, configDirectory }: OtherTokenEnv) => ({ profile, modulePath, label, configDirectory });

function softwareName(): string {
  const { name, version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { name: string; version: string };
  return `${name} ${version}`;
}
