import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChildLink } from "./child-link";
import { ARGUMENTS } from "./protocol";
import { type TestToken, testToken } from "./test-token.under-test";
import { freshTemplate } from "#lib/token/token-contract.under-test";

let ground: TestToken;
let link: ChildLink;
beforeAll(async () => {
  ground = await testToken("softhsm");
  const { profile, modulePath, label, pin, environment } = ground.options;
  const config = { mode: "serve", profile, modulePath, label, serial: null, configDirectory: null, pin } as const;
  link = new ChildLink(config, environment, { onWaiting: () => undefined, onEnd: () => undefined });
  await link.ready;
});
afterAll(async () => {
  link.kill();
  await link.ended;
  ground.drop();
});

const LIMIT_MS = 60_000;
const bytes = fc.uint8Array({ maxLength: 80 });
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, withNullPrototype: false, withMap: true, withSet: true }),
  bytes,
  fc.constantFrom("prepared-1", "prepared-0", "prepared-999999999", "__proto__", "constructor"),
  fc.double(),
);
/** But the one after which nothing is meant to work: the worker ends the child with it. */
const calls = Object.keys(ARGUMENTS).filter((call) => call !== "logOut");

test("2000 calls with arguments of any kind end in named faults, and the child lives on", async () => {
  const pid = link.pid;
  const names = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...calls) }, { weight: 1, arbitrary: fc.constantFrom("profile", "constructor", "toString", "__proto__", "close") });
  await fc.assert(
    fc.asyncProperty(names, fc.array(anything, { maxLength: 4 }), async (call, args) => {
      const [came] = await Promise.allSettled([link.call(call, args, LIMIT_MS)]);
      if (came.status === "rejected") expect(came.reason).toMatchObject({ gone: false });
    }),
    { numRuns: 2_000 },
  );
  expect(link.pid).toBe(pid);
  await expect(link.call("info", [], LIMIT_MS)).resolves.toMatchObject({ label: "test" });
});

test("3000 calls with well-formed nonsense reach the module and do it no harm", async () => {
  const id = fc.uint8Array({ minLength: 1, maxLength: 32 });
  const algorithm = fc.constantFrom("EC-P256", "AES-128", "AES-256", "HMAC-SHA256");
  const template = fc.record({
    algorithm,
    label: fc.string({ unit: "binary", minLength: 1, maxLength: 64 }),
    id,
    usage: fc.record({ sign: fc.boolean(), encrypt: fc.boolean(), decrypt: fc.boolean(), wrap: fc.boolean(), derive: fc.boolean() }, { requiredKeys: [] }),
    extractable: fc.boolean(),
    sensitive: fc.constant(true),
  });
  const handle = fc.integer({ min: 1, max: 60 }).map((number) => `prepared-${number}`);
  const known = freshTemplate("AES-256");
  const target = fc.oneof(id, fc.constant(known.id));
  const call = fc.oneof(
    fc.tuple(fc.constant("prepareKey"), fc.tuple(template)),
    fc.tuple(fc.constantFrom("readBack", "keepKey", "discardKey"), fc.tuple(handle)),
    fc.tuple(fc.constant("testKey"), fc.tuple(fc.oneof(fc.record({ handle }), fc.record({ id: target })))),
    fc.tuple(fc.constantFrom("lookById", "exportPublicKey"), fc.tuple(target)),
    fc.tuple(fc.constant("sign"), fc.tuple(target, fc.constantFrom("RS256", "PS256", "ES256", "ES512"), bytes)),
    fc.tuple(fc.constantFrom("mac", "encrypt"), fc.tuple(target, bytes)),
    fc.tuple(fc.constant("verifyMac"), fc.tuple(target, bytes, bytes)),
    fc.tuple(fc.constant("decrypt"), fc.tuple(target, fc.record({ iv: fc.uint8Array({ minLength: 12, maxLength: 12 }), ciphertext: bytes }), bytes)),
    fc.tuple(fc.constant("random"), fc.tuple(fc.integer({ min: 1, max: 1024 }))),
  );
  const prepared = (await link.call("prepareKey", [known], LIMIT_MS)) as { ok: true; value: { handle: string } };
  await link.call("keepKey", [prepared.value.handle], LIMIT_MS);
  await fc.assert(
    fc.asyncProperty(call, async ([name, args]) => {
      const [came] = await Promise.allSettled([link.call(name, args, LIMIT_MS)]);
      if (came.status === "rejected") expect(came.reason).toMatchObject({ gone: false });
    }),
    { numRuns: 3_000 },
  );
  await expect(link.call("lookById", [known.id], LIMIT_MS)).resolves.toMatchObject({ found: "complete" });
});
