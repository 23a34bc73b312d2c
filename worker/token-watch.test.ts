import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { brokenListings } from "#lib/register/broken-listings";
import { readListing } from "#lib/register/findings";
import type { VerifiedListing } from "#lib/register/verified-listing";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { TokenFault } from "#lib/token/fault";
import { obtainKey } from "#lib/token/obtain-key";
import { sha256, utf8 } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { KnownPins } from "./known-pins";
import { WorkerMemory } from "./memory";
import { OtherTokens, type ClosableToken } from "./other-tokens";
import type { OtherTokenEnv } from "./other-tokens-file";
import { makeRecorder } from "./own-keys";
import { TokenWatch } from "./token-watch";
import type { WatchesTokens } from "./watches-tokens";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-watch-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A worker's token with its recorder on it, a clock that is set, and what is kept of its listings. */
async function house() {
  const token = new FakeToken(new FakeTokenMemory());
  const memory = new WorkerMemory(folder);
  const made = await makeRecorder(token, memory, null, new Date("2026-11-20T09:00:00.000Z"));
  if (!made.ok) throw new Error(made.refusal.reason);
  const recorder = made.value;
  const kept: Uint8Array[] = [];
  const clock = { minute: 0 };
  let asked: string | null = null;
  const store: WatchesTokens["store"] = {
    ceremonies: () => Promise.resolve([]),
    transcript: () => Promise.resolve([]),
    changes: () => Promise.resolve([]),
    listings: () => Promise.resolve(kept),
    keepListing: ({ bytes }) => Promise.resolve(void kept.push(bytes)),
    newestAsked: () => Promise.resolve(asked),
  };
  const watching = {
    token,
    memory,
    recorder,
    verifier: webCryptoVerifier,
    mode: "production" as const,
    now: () => new Date(Date.parse("2026-11-20T10:00:00.000Z") + clock.minute * 60_000),
    others: { closeAll: () => Promise.resolve() },
  } as unknown as Parameters<TokenWatch["look"]>[0];
  const said: string[] = [];
  const watch = (...others: string[]) => new TokenWatch({ minutes: 60, store }, others, (line) => void said.push(line));
  const listings = async (): Promise<(VerifiedListing | null)[]> =>
    Promise.all(kept.map((bytes) => readListing(webCryptoVerifier, recorder.spki, bytes)));
  const stray = () =>
    obtainKey(token, { algorithm: "EC-P256", label: "stray", id: sha256(utf8("stray")), usage: { sign: true }, extractable: false, sensitive: true });
  return { watch, watching, clock, kept, listings, stray, said, memory, ask: () => (asked = String(Number(asked ?? 0) + 1)) };
}

test("a key that no ceremony made is found at the next turn, in a listing that the recorder signed; the worker's own are none", async () => {
  const { watch, watching, clock, listings, stray } = await house();
  const one = watch();
  await one.look(watching);
  expect(await listings()).toEqual([]);
  clock.minute = 2;
  await one.look(watching);
  await stray();
  clock.minute = 30;
  await one.look(watching);
  clock.minute = 63;
  await one.look(watching);
  const [first, second, ...more] = await listings();
  expect(more).toEqual([]);
  expect(first?.listing).toMatchObject({ prev: null, minutes: 60, objects: 4, differences: [] });
  expect(second?.listing).toMatchObject({ prev: first?.hash, objects: 6 });
  expect(second?.listing.differences.map(({ kind, object }) => [kind, object.split(" ").slice(0, 2).join(" ")])).toEqual([
    ["unknown-object", "private-key stray"],
    ["unknown-object", "public-key stray"],
  ]);
});

test("whoever asks has it compared at once, and what says the same is not kept again before a day is over", async () => {
  const { watch, watching, clock, listings, ask } = await house();
  const one = watch();
  await one.look(watching);
  ask();
  await one.look(watching);
  expect(await listings()).toHaveLength(1);
  clock.minute = 70;
  await one.look(watching);
  expect(await listings()).toHaveLength(1);
  // Another run of the worker goes on from the last listing.
  clock.minute = 24 * 60 + 71;
  const next = watch();
  await next.look(watching);
  clock.minute += 2;
  await next.look(watching);
  const [first, second] = await listings();
  expect(second?.listing.prev).toBe(first?.hash);
});

test("a listing follows the one that another run signed in between; one that is taken away is named all the same", async () => {
  const { watch, watching, clock, kept, listings, ask } = await house();
  const [one, other] = [watch(), watch()];
  for (const run of [one, other]) await run.look(watching);
  const next = async (run: TokenWatch) => {
    clock.minute += 2;
    ask();
    await run.look(watching);
  };
  await next(one);
  await next(other);
  await next(one);
  const [first, second, third] = await listings();
  expect([first?.listing.prev, second?.listing.prev, third?.listing.prev]).toEqual([null, first?.hash, second?.hash]);
  kept.pop();
  await next(one);
  expect((await listings())[2]?.listing.prev).toBe(third?.hash);
});

test("listings follow one another where clocks step back: after a start, and beside a worker whose clock is behind", async () => {
  const { watch, watching, clock, listings, ask } = await house();
  const run = async (watcher: TokenWatch, minute: number) => {
    clock.minute = minute;
    await watcher.look(watching);
    ask();
    await watcher.look(watching);
  };
  const [one, other] = [watch(), watch()];
  await run(one, 10);
  await run(other, 5);
  await run(one, 12);
  await run(watch(), 3);
  await run(watch(), 4);
  await run(one, 14);
  const chain = (await listings()).flatMap((one) => (one ? [one] : []));
  expect(chain.map(({ listing }) => listing.prev)).toEqual([null, ...chain.slice(0, -1).map(({ hash }) => hash)]);
  expect([chain.length, brokenListings(chain)]).toEqual([6, []]);
});

test("a listing of a clock that was ahead is followed at the next comparison, not when its day is over", async () => {
  const { watch, watching, clock, listings, ask } = await house();
  const ahead = watch();
  await ahead.look(watching);
  clock.minute = 365 * 24 * 60;
  ask();
  await ahead.look(watching);
  clock.minute = 0;
  const next = watch();
  await next.look(watching);
  clock.minute = 2;
  await next.look(watching);
  const [first, second, ...more] = await listings();
  expect([second?.listing.prev, more.length]).toEqual([first?.hash, 0]);
});

const listed = (name: string): OtherTokenEnv =>
  ({ name, profile: "softhsm2", modulePath: "m", configDirectory: null, label: name, serial: null, pin: { file: "pin" }, environment: {} });

/** Other tokens of a worker, by name; `lists` is called when one of them is to tell its objects. */
function otherTokens(memory: WorkerMemory, now: () => Date, lists: (name: string) => void, ...names: string[]): OtherTokens {
  const token = (name: string) => {
    const fake = new FakeToken(new FakeTokenMemory(name, `serial-${name}`));
    const close = () => Promise.resolve();
    const listObjects = () => new FakeToken(new FakeTokenMemory(name)).listObjects().finally(() => lists(name));
    return Object.assign(fake, { close, listObjects }) as ClosableToken;
  };
  const unused = () => Promise.reject(new Error("nothing is made here"));
  const port = {
    listed: names.map(listed),
    identify: ({ name }: OtherTokenEnv) => token(name).info(),
    identifySlot: unused,
    open: ({ name }: OtherTokenEnv) => Promise.resolve(token(name)),
    keeper: () => { throw new Error("nothing is made here"); },
  };
  return new OtherTokens(port, memory, new KnownPins(), now, () => undefined);
}

test("while a ceremony is at work nothing is compared, also when asked, until the last comparison is two intervals ago", async () => {
  const { watch, watching, clock, listings, ask, stray } = await house();
  const one = watch();
  await one.look(watching, true);
  clock.minute = 2;
  await one.look(watching, true);
  ask();
  await one.look(watching, true);
  expect(await listings()).toEqual([]);
  await one.look(watching);
  expect(await listings()).toHaveLength(1);
  await stray();
  clock.minute = 2 + 119;
  await one.look(watching, true);
  expect(await listings()).toHaveLength(1);
  clock.minute = 2 + 120;
  await one.look(watching, true);
  expect(await listings()).toHaveLength(2);
});

test("more differences than a listing can name are counted in its last one, and a token whose serial number fits none has none", async () => {
  const { watch, watching, clock, listings, said } = await house();
  const [one] = await watching.token.listObjects();
  const many = Array.from({ length: 10_200 }, (_, i) => ({ ...one, label: `stray ${String(i)}`, id: utf8(String(i)) }));
  const { token } = watching;
  const own = { info: () => token.info(), listObjects: () => token.listObjects(), sign: (...asked: Parameters<typeof token.sign>) => token.sign(...asked) };
  const bent = (over: object) => ({ ...watching, token: { ...own, ...over } as unknown as typeof token });
  const compare = async (over: object) => {
    const watcher = watch();
    await watcher.look(bent(over));
    clock.minute += 2;
    await watcher.look(bent(over));
  };
  await compare({ listObjects: () => Promise.resolve(many) });
  const [listing] = await listings();
  expect(listing?.listing.differences).toHaveLength(10_000);
  expect(listing?.listing.differences.at(-1)).toMatchObject({ kind: "more", object: "201" });
  await compare({ info: async () => ({ ...(await watching.token.info()), serial: "7".repeat(65) }) });
  expect(await listings()).toHaveLength(1);
  expect(said.at(-1)).toMatch(/fits no listing/);
});

test("what another token answers wrongly is that token's: the others are compared, and it is asked again when the next comparison is due", async () => {
  const { watch, watching, clock, listings, said, memory } = await house();
  let asked = 0;
  const others = otherTokens(memory, watching.now, (name) => {
    if (name !== "vault") return;
    asked++;
    throw new TokenFault("C_FindObjects", 5, "CKR_GENERAL_ERROR");
  }, "vault", "safe");
  const one = watch("vault", "safe");
  const look = () => one.look({ ...watching, others });
  await look();
  for (clock.minute = 2; clock.minute < 60; clock.minute++) await look();
  expect(asked).toBe(1);
  expect((await listings()).map((one) => one?.listing.token)).toEqual(["fa4e000000000001", "serial-safe"]);
  expect(said).toEqual(["token vault: not compared (CKR_GENERAL_ERROR)"]);
  clock.minute = 63;
  await look();
  expect(asked).toBe(2);
});

test("a fault that nobody foresaw is thrown, and the worker has five minutes for its ceremonies before the next try", async () => {
  const { watch, watching, clock, listings } = await house();
  const one = watch();
  let asked = 0;
  const listObjects = () => Promise.reject(new Error(`no ${String(++asked)}`));
  const broken = { listObjects, info: () => watching.token.info() } as unknown as typeof watching.token;
  await one.look({ ...watching, token: broken });
  clock.minute = 2;
  await expect(one.look({ ...watching, token: broken })).rejects.toThrow("no 1");
  clock.minute = 6;
  await one.look({ ...watching, token: broken });
  expect(asked).toBe(1);
  clock.minute = 8;
  await one.look(watching);
  expect(await listings()).toHaveLength(1);
});

test("however often somebody asks, tokens are compared once a minute, and who asked meanwhile has it then", async () => {
  const { watch, watching, clock, listings, ask } = await house();
  const one = watch();
  await one.look(watching);
  for (clock.minute = 0; clock.minute < 3; clock.minute += 0.25) {
    ask();
    await one.look(watching);
  }
  expect(await listings()).toHaveLength(3);
  clock.minute = 10;
  await one.look(watching);
  await one.look(watching);
  expect(await listings()).toHaveLength(4);
});
