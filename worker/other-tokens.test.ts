import { expect, test } from "vitest";
import { FakeKeeper } from "#lib/token/fake-keeper.under-test";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { PinRefused, TokenFault, TokenGone } from "#lib/token/fault";
import { KnownPins } from "./known-pins";
import { OtherTokenBlocked, OtherTokens, type ClosableToken, type OtherTokenPort, type RefusedPins } from "./other-tokens";
import type { OtherTokenEnv } from "./other-tokens-file";

const VAULT: OtherTokenEnv = {
  name: "vault",
  profile: "softhsm2",
  modulePath: "m",
  configDirectory: null,
  label: "vault",
  serial: null,
  pin: { file: "pin" },
  environment: {},
};
const memory = new FakeTokenMemory("vault", "v-1");

/** A port that counts what it is asked, and the refused PINs a worker would keep on its disk. */
function grounds(bend: Partial<OtherTokenPort> = {}) {
  const asked = { identified: 0, opened: 0, closed: 0 };
  const token = new FakeToken(memory);
  const close = (): Promise<void> => Promise.resolve(void (asked.closed += 1));
  const port: OtherTokenPort = {
    listed: [VAULT],
    identify: async () => (asked.identified++, token.info()),
    identifySlot: () => Promise.reject(new TokenFault("C_InitToken", null, "NO-FREE-SLOT")),
    keeper: () => keeper,
    open: () => Promise.resolve(((asked.opened += 1), Object.assign(token, { close }) as ClosableToken)),
    ...bend,
  };
  const [refused, changed] = [new Set<string>(), new Set<string>()];
  const pins: RefusedPins = {
    wasPinRefused: (name = "") => refused.has(name),
    notePinRefused: (_at, name = "") => void refused.add(name),
    notePinChanged: (_at, name) => void (changed.add(name), refused.delete(name)),
    isPinStale: (name) => changed.has(name),
  };
  const keeper = new FakeKeeper(memory);
  let now = 0;
  const others = (known = new KnownPins()): OtherTokens =>
    new OtherTokens(
      port,
      pins,
      known,
      () => new Date(now),
      () => undefined,
    );
  return { others: others(), afterRestart: others, asked, token, keeper, wait: (ms: number) => (now += ms) };
}
const blockOf = async (opening: Promise<unknown>) => {
  const fault: unknown = await opening.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(fault instanceof OtherTokenBlocked)) throw new Error("it was not blocked", { cause: fault });
  return fault.block;
};

test("opens the device that was announced, once, and lets go of it", async () => {
  const { others, asked } = grounds();
  const token = await others.open("vault", "v-1", "c-1");
  expect(await others.open("vault", "v-1", "c-1")).toBe(token);
  expect((await token.info()).serial).toBe("v-1");
  await others.closeAll();
  expect(asked).toEqual({ identified: 1, opened: 1, closed: 1 });
});

test("another device under the name is never opened: no PIN is shown to it", async () => {
  const { others, asked } = grounds();
  expect(await blockOf(others.open("vault", "v-9", "c-1"))).toEqual({
    code: "OTHER-TOKEN-SERIAL",
    facts: { name: "vault", expected: "v-9", found: "v-1" },
  });
  expect(asked.opened).toBe(0);
});

test("a name nobody listed, and a token without a PIN, are blocks of their own", async () => {
  const { others } = grounds();
  expect(await blockOf(others.open("cellar", "v-1", "c-1"))).toMatchObject({ code: "OTHER-TOKEN-LISTED" });
  const blank = grounds({ listed: [{ ...VAULT, pin: null }] });
  expect(await blockOf(blank.others.open("vault", "v-1", "c-1"))).toMatchObject({ code: "OTHER-TOKEN-PIN", facts: { why: "missing" } });
});

test("a token that is not there is looked for again after a moment, not at every call", async () => {
  let identified = 0;
  const { others, wait } = grounds({
    identify: () => ((identified += 1), Promise.reject(new TokenFault("C_GetSlotList", null, "TOKEN-NOT-FOUND"))),
  });
  for (let i = 0; i < 5; i++)
    expect(await others.look("vault", "c-1")).toMatchObject({ ok: false, refusal: { code: "OTHER-TOKEN-THERE" } });
  expect(identified).toBe(1);
  wait(3_001);
  await others.look("vault", "c-1");
  expect(identified).toBe(2);
});

test("a refused PIN is tried once, also by the next worker", async () => {
  let opened = 0;
  const { others, afterRestart } = grounds({
    open: () => ((opened += 1), Promise.reject(new PinRefused(0xa0, "CKR_PIN_INCORRECT"))),
  });
  for (const one of [others, others, afterRestart()]) {
    expect(await blockOf(one.open("vault", "v-1", "c-1"))).toEqual({
      code: "OTHER-TOKEN-PIN",
      facts: { name: "vault", why: "refused" },
    });
  }
  expect(opened).toBe(1);
});

test("a token that goes in the middle of a call is a block by its own name, not a fault of the worker's token", async () => {
  const { others, token } = grounds();
  const opened = await others.open("vault", "v-1", "c-1");
  token.failNext("destroyById", "done-but-reply-lost");
  expect(await blockOf(opened.destroyById(Uint8Array.of(1)))).toMatchObject({
    code: "OTHER-TOKEN-THERE",
    facts: { name: "vault" },
  });
});

test("what another token's module answers is told from a fault of the worker's own token", async () => {
  const { others, token } = grounds();
  const opened = await others.open("vault", "v-1", "c-1");
  const fault = await opened.testKey({ id: Uint8Array.of(9) }).catch((thrown: unknown) => thrown);
  expect(fault).toBeInstanceOf(TokenFault);
  expect(others.blockFor(fault)).toMatchObject({ code: "OTHER-TOKEN-THERE", facts: { name: "vault", why: "NO-SUCH-KEY" } });
  const own = await token.testKey({ id: Uint8Array.of(9) }).catch((thrown: unknown) => thrown);
  expect(others.blockFor(own)).toBeNull();
});

const pin = (text: string) => new TextEncoder().encode(text);
const change = () => ({ task: "change-pin", holder: "user", oldPin: pin("user-pin"), newPin: pin("fresh-1234") }) as const;

test("after custodians have changed a PIN the token is opened with the new one, and by a later worker not with the file that is out of date", async () => {
  const offered: unknown[] = [];
  const { others, afterRestart, token } = grounds({
    open: ({ pin: source }) => {
      offered.push(source && "bytes" in source ? new TextDecoder().decode(source.bytes) : source);
      return Promise.resolve(Object.assign(token, { close: () => Promise.resolve() }) as ClosableToken);
    },
  });
  await others.keeper("vault", "v-1", "c-1").perform(change());
  await others.open("vault", "v-1", "c-1");
  expect(offered).toEqual(["fresh-1234"]);
  expect(await blockOf(afterRestart().open("vault", "v-1", "c-1"))).toEqual({
    code: "OTHER-TOKEN-PIN",
    facts: { name: "vault", why: "changed" },
  });
  expect(offered).toHaveLength(1);
});

test("a PIN that was entered is forgotten when its ceremony is over, and not another ceremony's", async () => {
  const known = new KnownPins();
  known.know("vault", "c-1", pin("one"));
  known.know("cellar", "c-2", pin("two"));
  known.forgetCeremony("c-1");
  expect([known.pinOf("vault", "c-1"), known.has("vault", "c-1")]).toEqual([null, false]);
  expect(new TextDecoder().decode(known.pinOf("cellar", "c-2") ?? new Uint8Array())).toBe("two");
});

test("work on a PIN that people enter needs none on this host, also after one was refused", async () => {
  const { others } = grounds({ listed: [{ ...VAULT, pin: null }] });
  expect((await others.look("vault", null)).ok).toBe(true);
  await others.keeper("vault", "v-1", "c-1").perform({ task: "check-pin", userPin: pin("user-pin") });
  expect((await (await others.open("vault", "v-1", "c-1")).info()).serial).toBe("v-1");
});

test("a PIN that the token refused is not kept, and the task holds none afterwards", async () => {
  const { others, keeper } = grounds();
  const task = { ...change(), oldPin: pin("wrong-1234") };
  await expect(others.keeper("vault", "v-1", "c-1").perform(task)).rejects.toBeInstanceOf(PinRefused);
  expect(keeper.offered).toEqual(["wrong-1234"]);
  expect(await blockOf(grounds({ listed: [{ ...VAULT, pin: null }] }).others.open("vault", "v-1", "c-1"))).toMatchObject({
    facts: { why: "missing" },
  });
});

test("a PIN that was entered in one ceremony opens the token for no other", async () => {
  const { others, asked } = grounds({ listed: [{ ...VAULT, pin: null }] });
  await others.keeper("vault", "v-1", "c-1").perform({ task: "check-pin", userPin: pin("user-pin") });
  expect(await blockOf(others.open("vault", "v-1", "c-2"))).toMatchObject({ code: "OTHER-TOKEN-PIN", facts: { why: "missing" } });
  expect(asked.opened).toBe(0);
  await others.open("vault", "v-1", "c-1");
  expect(asked.opened).toBe(1);
});

test("a PIN that went with the process before is missed before an operation begins, not after", async () => {
  const { others, afterRestart } = grounds({ listed: [{ ...VAULT, pin: null }] });
  await others.keeper("vault", "v-1", "c-1").perform({ task: "check-pin", userPin: pin("user-pin") });
  expect((await others.look("vault", "c-1")).ok).toBe(true);
  expect(await afterRestart().look("vault", "c-1")).toMatchObject({ ok: false, refusal: { code: "OTHER-TOKEN-PIN", facts: { why: "missing" } } });
});

test("after an entered PIN was refused, the one in a file is not tried as well", async () => {
  let opened = 0;
  const { others } = grounds({ open: () => ((opened += 1), Promise.reject(new PinRefused(0xa0, "CKR_PIN_INCORRECT"))) });
  await others.keeper("vault", "v-1", "c-1").perform({ task: "check-pin", userPin: pin("user-pin") });
  for (let i = 0; i < 2; i++) expect(await blockOf(others.open("vault", "v-1", "c-1"))).toMatchObject({ facts: { why: "refused" } });
  expect(opened).toBe(1);
});

test("a change of a PIN whose reply was lost leaves neither the PIN before nor the file to be tried", async () => {
  const { others, asked, keeper } = grounds();
  await others.keeper("vault", "v-1", "c-1").perform({ task: "check-pin", userPin: pin("user-pin") });
  keeper.perform = () => Promise.reject(new TokenGone("keep", "CHILD-ENDED"));
  await expect(others.keeper("vault", "v-1", "c-1").perform(change())).rejects.toBeInstanceOf(TokenGone);
  expect(await blockOf(others.open("vault", "v-1", "c-1"))).toMatchObject({ facts: { why: "changed" } });
  expect(asked.opened).toBe(0);
});

test("a change that never reached the token, because another process has it, leaves the file as good as it was", async () => {
  const { others, asked, keeper } = grounds();
  keeper.perform = () => Promise.reject(new TokenGone("start", "HELD-BY-ANOTHER-PROCESS"));
  await expect(others.keeper("vault", "v-1", "c-1").perform(change())).rejects.toBeInstanceOf(TokenGone);
  await others.open("vault", "v-1", "c-1");
  expect(asked.opened).toBe(1);
});
