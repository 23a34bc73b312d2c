import { readFileSync } from "node:fs";
import type { Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { openKeyUses } from "#lib/store/key-uses";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { writtenAt } from "../own-files";
import { AccessTokens } from "./access-tokens";
import type { KeysEnv } from "./env";
import { drain } from "./drain";
import { EncryptionShares, type SharesMemory } from "./encryption-shares";
import { evidenceStore } from "./evidence-store";
import { httpServer, listen } from "./http-server";
import { KeyUses } from "./key-uses";
import { Knowledge, RosterMissing, type Known } from "./knowledge";
import { ProofLimits } from "./proof-limits";
import { RefusalLog } from "./refusal-log";
import { RequestRate } from "./request-rate";
import { EvidenceWithheld, SeenEvidence } from "./seen-evidence";
import { SigningPool, type PoolHealth, type PoolOptions } from "./signing-pool";
import { TlsFiles } from "./tls-files";
import { LogUnavailable, UseLog } from "./use-log";

/** How often it is asked what became of keys and grants, and how old the last answer may be to go by it. */
const LEARN_MS = 2_000;
const STALE_MS = 60_000;
const TEND_MS = 1_000;
const MOST_WAITING = 4_096;
const MOST_OF_ONE = 1_024;
/** As of sysexits.h: a person must act first, and a supervisor need not try again. */
export const NEEDS_A_PERSON = 78;

/** Runs until it is stopped, and says its exit code. Throws when the port is taken. */
export async function runKeyProcess(env: KeysEnv, signal: AbortSignal, say: (line: string) => void): Promise<number> {
  const now = (): Date => new Date();
  const seen = new SeenEvidence(env.stateFolder);
  const { pin } = env.token;
  // A file that is written anew holds another PIN, or somebody says that it is right now. A variable stays what it was.
  const pinNow = (): string => ("file" in pin ? `file written ${String(writtenAt(pin.file))}` : "variable");
  const remedy = "file" in pin ? `write the right one to ${pin.file}` : `put it right, then delete ${seen.pinRefusedPath}`;
  seen.assertWritable();
  const pinWasRefused = seen.wasPinRefused(pinNow());
  if (pinWasRefused) {
    say(`the token refused the PIN before: ${remedy}`);
    if (!("file" in pin)) return NEEDS_A_PERSON;
  }
  const store = evidenceStore(env.databaseUrl);
  const rows = openKeyUses(env.databaseUrl);
  const knowledge = new Knowledge({ store, verifier: webCryptoVerifier, seen, now, say, ...env });
  let refusedMark = pinWasRefused ? pinNow() : "";
  const refused = (mark: string): void => {
    say(`the token refused the PIN: ${remedy}`);
    // A disk that is full must not end this process: the next one would try the PIN again.
    try {
      seen.notePinRefused(mark);
    } catch (fault) {
      say(`that it was refused cannot be noted: ${fault instanceof Error ? fault.message : "unknown"}`);
    }
  };
  const pool = openPool(env, { say, pinWasRefused, pin: { mark: pinNow, refused: (mark) => refused((refusedMark = mark)) } });
  let last: Known | null = null;
  let learnedAt = -Infinity;
  let trouble: string | null = "nothing is known yet";
  const known = (): Known | null => (performance.now() - learnedAt < STALE_MS ? last : null);

  const ended = new AbortController();
  const over = AbortSignal.any([signal, ended.signal]);
  const [log, tokens] = [new UseLog((group) => rows.insert(group), () => rows.probe()), openTokens(env)];
  const tls = env.tls && new TlsFiles(env.tls);
  const refusals = new RefusalLog({ log, name: env.name, now });
  const shares = new EncryptionShares({ take: (key) => kept(rows.takeShare(key, env.name)), remembered: remembered(seen), say });
  const uses = new KeyUses({ ...env, known, pool, log, shares, rate: new RequestRate(), token: env.token.serial, now });
  const audiences = [env.origin, `${env.origin}/oauth/token`];
  const endpoint = { known, tokens, log, take: (...assertion: [string, string, string]) => rows.takeAssertion(...assertion), limits: new ProofLimits(), audiences, name: env.name, now };
  const health = () => ({
    ready: !over.aborted && known() !== null && trouble === null && log.isKept && isUsable(pool.health),
    evidence: last?.at ?? null,
    trouble,
    log: log.isKept,
    token: pool.health,
    encryptions: { nearlyUsedUp: shares.nearlyUsedUp },
  });
  const server = httpServer({ endpoint, tokens, uses, refusals, known, health, now, say, origin: env.origin }, tls);
  await listen(server, env.listen, say);
  const { port } = server.address() as AddressInfo;
  say(`listening on ${env.listen.host}:${String(port)}`);

  const tend = (): void => {
    const { pinRefused, ready } = pool.health;
    if (pinRefused && pinNow() !== refusedMark) pool.tryPinAgain();
    else if (pinRefused && ready === 0 && !("file" in pin)) ended.abort();
    if (tls?.areNew === true && "setSecureContext" in server) renew(server, tls, say);
    void refusals.flush();
    void log.probe();
  };
  const tending = setInterval(tend, TEND_MS);
  while (!over.aborted) {
    try {
      const began = performance.now();
      last = await knowledge.learn();
      learnedAt = began;
      if (trouble !== null) say(`${String(last.keys.size)} keys and ${String(last.grants.size)} accounts are known`);
      trouble = null;
    } catch (fault) {
      // Whoever asks for its health is told the kind of trouble; what it says may name hosts and folders.
      const name = fault instanceof Error ? fault.name : "unknown";
      if (name !== trouble) say(`what keys may do is not known: ${name}: ${fault instanceof Error ? fault.message : ""}`);
      trouble = name;
      // What was seen and is gone is no trouble of the moment: nothing more is believed of this database.
      if (fault instanceof EvidenceWithheld) last = null;
      if (fault instanceof EvidenceWithheld || fault instanceof RosterMissing) ended.abort();
    }
    await sleep(LEARN_MS, undefined, { signal: over }).catch(() => undefined);
  }
  clearInterval(tending);
  await drain(server, env.patienceMs);
  await pool.close();
  await refusals.flush(true);
  await Promise.all([store.close(), rows.close()]);
  return ended.signal.aborted ? NEEDS_A_PERSON : 0;
}

/** A share that cannot be taken while the database is gone is one that cannot be logged. */
const kept = (share: Promise<number | null>): Promise<number | null> =>
  share.catch((cause: unknown) => {
    throw new LogUnavailable("encryptions could not be counted", { cause });
  });
const remembered = (seen: SeenEvidence): SharesMemory => ({
  get: (key) => seen.lastShare(key),
  put: (key, number) => seen.noteShare(key, number),
  isWithheld: (key) => seen.areSharesWithheld(key),
  withhold: (key) => seen.withholdShares(key),
  markOf: (key) => seen.withheldPath(key),
});

/** Half of a new pair may be there already: what cannot be taken is taken at the next look, and the old one serves meanwhile. */
function renew(server: TlsServer, tls: TlsFiles, say: (line: string) => void): void {
  try {
    server.setSecureContext(tls.now());
    say("a new certificate is in use");
  } catch (fault) {
    say(`the new certificate cannot be used: ${fault instanceof Error ? fault.message : "unknown"}`);
  }
}

/** Throws for a secret that is shorter than the MAC's own. */
function openTokens({ sharedSecretFile, origin, mode }: KeysEnv): AccessTokens {
  const secret = sharedSecretFile === null ? null : readFileSync(sharedSecretFile);
  if (secret && secret.length < 32) throw new Error(`the secret in ${sharedSecretFile ?? ""} has fewer than 32 bytes`);
  return new AccessTokens(secret, `${origin} ${mode}`);
}

/** Whether the token does what it is asked, as far as anybody can know. */
const isUsable = ({ ready, fault }: PoolHealth): boolean => ready > 0 && fault === null;

function openPool({ token, processes, patienceMs }: KeysEnv, options: Pick<PoolOptions, "say" | "pinWasRefused" | "pin">): SigningPool {
  const { environment, ...place } = token;
  return new SigningPool({
    processes,
    config: { mode: "serve", ...place },
    environment,
    mostOfOne: MOST_OF_ONE,
    mostOfAll: MOST_WAITING,
    // Whoever waits gets an answer from another child, where there is time for it.
    callLimitMs: Math.min(20_000, Math.max(1_000, 0.8 * patienceMs)),
    ...options,
  });
}
