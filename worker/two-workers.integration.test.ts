import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import { stateOf } from "#lib/ceremony/ceremony";
import type { OperationRequest, Script } from "#lib/ceremony/script";
import { openDatabase, type Database } from "#lib/store/database";
import { publishCertificates, publishedCertificates } from "#lib/store/recorder-certificates";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { TokenFault } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import type { Acting } from "./acting";
import { advance } from "./advance";
import { Attempts } from "./attempts";
import { noBackups } from "./backup/no-backups.under-test";
import { databaseStore } from "./database-store";
import { FollowedCeremony } from "./followed-ceremony";
import { WorkerMemory } from "./memory";
import { KnownPins } from "./known-pins";
import { OtherTokens } from "./other-tokens";
import { SecretDesk } from "./secret-desk";
import { otherTokens } from "./worker-parts";
import { makeRecorder } from "./own-keys";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { signAsRecorder, type Recorder } from "./recorder";
import { Sealings } from "./sealings";
import type { WorkerStore } from "./store-port";

// Two workers of one token that both believe they lead, as when the owner of the database ends the session of the lock and holds
// an insertion back: whatever one of them finished and wrote down, the other must leave alone.

let database: TestDatabase;
let app: Database;
let folder: string;
let stores: WorkerStore[];
const token = () => new FakeToken(onToken);
let onToken: FakeTokenMemory;
type Host = "first" | "second";
const memory = (host: Host) => new WorkerMemory(path.join(folder, host));
const recorders = new Map<Host, Recorder>();

beforeEach(async () => {
  database = await freshDatabase();
  app = openDatabase(database.appUrl, { connections: 2 });
  folder = mkdtempSync(path.join(tmpdir(), "claviger-two-workers-"));
  stores = [];
  onToken = new FakeTokenMemory();
  // Each on a host of its own; the second finds the first one's certificates in the database, as `claviger init` does.
  const workers = openDatabase(database.workerUrl, { connections: 1 });
  const elsewhere = { verifier: webCryptoVerifier, find: () => publishedCertificates(workers, onToken.serial) };
  for (const host of ["first", "second"] as const) {
    const made = await makeRecorder(token(), memory(host), null, new Date(), elsewhere);
    if (!made.ok) throw new Error(made.refusal.reason);
    const { certificate: trustAnchor, recordSigningCertificate: recordSigning } = made.value;
    await publishCertificates(workers, { tokenSerial: onToken.serial, trustAnchor, recordSigning });
    recorders.set(host, made.value);
  }
  await workers.$disconnect();
  expect(recorders.get("second")).toEqual(recorders.get("first"));
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await app.$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** One worker as far as it acts on a ceremony; `bend` wraps its parts. */
function worker(host: Host, id: string, bend: { token?: (token: Token) => Token; store?: (store: WorkerStore) => WorkerStore } = {}) {
  const store = databaseStore(database.workerUrl);
  stores.push(store);
  const recorder = recorders.get(host);
  if (!recorder) throw new Error(`${host} has no recorder`);
  const acting: Acting = {
    token: bend.token?.(token()) ?? token(),
    backups: noBackups,
    others: new OtherTokens(otherTokens([], "none"), memory(host), new KnownPins(), () => new Date(), () => undefined),
    desk: new SecretDesk(),
    pins: new KnownPins(),
    recorder,
    store: bend.store?.(store) ?? store,
    memory: memory(host),
    verifier: webCryptoVerifier,
    now: () => new Date(),
    mode: "rehearsal",
    software: "test",
    worker: "test",
    confirmLeadership: () => Promise.resolve(),
    logProof: () => Promise.resolve("none"),
    seal: () => Promise.reject(new Error("nothing is sealed here")),
    recordFault: () => Promise.resolve(null),
    timeStamps: [],
    organisation: null,
    stampings: new Attempts(() => new Date(), () => undefined, () => true),
    sealings: new Sealings(() => new Date(), () => undefined, () => true),
    say: () => Promise.resolve(),
  };
  const followed = new FollowedCeremony(id, acting);
  return { advance: () => advance(acting, followed, new Set()), look: () => followed.catchUp() };
}

/** Opened under a roster that both workers trust: these steps of the small script, and each operation in a step of its own before the last. */
async function playedWith(steps: readonly string[], operations: readonly OperationRequest[] = []): Promise<PlayedCeremony> {
  const known = (smallScript().acts[0]?.steps ?? []).filter(({ step }) => steps.includes(step));
  const added = operations.map((one) => {
    const step = one.operation;
    return { step, kind: "operation" as const, title: step, say: step, operations: [one] };
  });
  const script: Script = { ...smallScript(), acts: [{ act: "all", title: "All", steps: [...known.slice(0, -1), ...added, ...known.slice(-1)] }] };
  const played = await new PlayedCeremony(app, { script }).open();
  for (const host of ["first", "second"] as const) {
    await memory(host).pinRoster(played.roster, new Date().toISOString(), (bytes) => signAsRecorder(token(), bytes));
    // The one that stands by has followed it from the beginning.
    expect((await worker(host, played.id).look()).ok).toBe(true);
  }
  return played;
}

/** Opened, approved, and the intent written: what is left is the token's work. */
async function intended(): Promise<PlayedCeremony> {
  const played = await playedWith(["key", "signatures"]);
  const first = worker("first", played.id);
  await first.advance();
  await played.openStep("key");
  await played.approveBy("key", 2);
  await first.advance();
  expect((await played.kinds()).at(-1)).toBe("operation-started");
  return played;
}

const keys = () => onToken.objects.filter(({ reading }) => reading.label === "test-key").map(({ reading }) => reading.objectClass).sort();

test("a key whose outcome the other worker wrote a moment earlier is left on the token", async () => {
  const played = await intended();
  const other = worker("second", played.id);
  const late = worker("first", played.id, {
    store: (store) => ({
      ...store,
      async append(entry, after) {
        if (entry.kind === "operation-done") expect(await other.advance()).toEqual({ kind: "again" });
        return store.append(entry, after);
      },
    }),
  });
  expect(await late.advance()).toEqual({ kind: "again" });
  expect(stateOf(await played.state(), "key")?.outcomes).toHaveLength(1);
  expect(keys()).toEqual(["private-key", "public-key"]);
  expect((await played.kinds()).filter((kind) => kind.startsWith("operation-"))).toEqual(["operation-started", "operation-done"]);
});

test("a call that fails after the other worker was done takes nothing of its key away", async () => {
  const played = await intended();
  const other = worker("second", played.id);
  const broken = worker("first", played.id, {
    token: (real) =>
      new Proxy(real, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target);
          if (name !== "keepKey") return typeof member === "function" ? (member as () => unknown).bind(target) : member;
          return async () => {
            expect(await other.advance()).toEqual({ kind: "again" });
            throw new TokenFault("C_CopyObject", 0x30, "CKR_DEVICE_ERROR");
          };
        },
      }),
  });
  expect(await broken.advance()).toEqual({ kind: "again" });
  expect(stateOf(await played.state(), "key")?.outcomes).toHaveLength(1);
  expect(keys()).toEqual(["private-key", "public-key"]);
});

test("of a key that the first worker destroyed before it was killed, the second does not say that nothing had begun", async () => {
  const played = await playedWith(["key", "signatures"], [
    { operation: "condemn-key", label: "test-key" },
    { operation: "destroy-key", label: "test-key" },
  ]);
  const first = worker("first", played.id);
  const perform = async (step: string) => {
    await played.openStep(step);
    await played.approveBy(step, 2);
    for (let acted = await first.advance(); acted.kind === "again"; acted = await first.advance());
  };
  await first.advance();
  for (const step of ["key", "condemn-key"]) await perform(step);

  await played.openStep("destroy-key");
  await played.approveBy("destroy-key", 2);
  const killed = worker("first", played.id, {
    store: (store) => ({
      ...store,
      append: (entry, after) => (entry.kind === "operation-done" ? Promise.reject(new Error("killed")) : store.append(entry, after)),
    }),
  });
  expect(await killed.advance()).toEqual({ kind: "again" });
  await expect(killed.advance()).rejects.toThrow("killed");
  expect(keys()).toEqual([]);
  await played.stop();

  expect(await worker("second", played.id).advance()).toEqual({ kind: "again" });
  const { failure } = stateOf(await played.state(), "destroy-key") ?? {};
  expect(failure?.fault).toMatchObject({ call: "destroy-key", name: "OUTCOME-UNKNOWN" });
});
