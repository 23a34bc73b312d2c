import { describe, expect, test } from "vitest";
import { FakeToken } from "#lib/token/fake-token.under-test";
import { fromHex } from "#lib/log/digest";
import { PROFILES } from "#lib/token/profile";
import { book } from "./book";
import { inventoryOf } from "./list-keys";
import { AES, PAIR, PerformedOperations, recheck } from "./performed-operations.under-test";

const CONDEMN = { operation: "condemn-key", label: "jwt" };
const DESTROY = { operation: "destroy-key", label: "jwt" };

async function condemned(): Promise<PerformedOperations> {
  const performed = new PerformedOperations();
  for (const request of [{ operation: "token-health" }, PAIR, AES, CONDEMN]) await performed.do(request);
  return performed;
}
/** The worker is started again: another process, the same token. */
function restart(performed: PerformedOperations): void {
  performed.token = new FakeToken(performed.memory);
}
const begun = (performed: PerformedOperations) =>
  book.find("destroy-key")?.isBegun?.(performed.token, DESTROY, performed.context());

test("of a key that is gone, and not by this worker's hand, nobody knows whether the work had begun", async () => {
  const performed = await condemned();
  performed.memory.objects = performed.memory.objects.filter(({ reading }) => reading.label !== "jwt");
  expect(await begun(performed)).toBe("unknown");
});

test("the condemnation names the key and leaves it as it is", async () => {
  const performed = await condemned();
  const made = performed.earlier[1];
  expect(performed.earlier.at(-1)?.outcome).toMatchObject({
    label: "jwt",
    ckaId: made?.ckaId,
    fingerprint: made?.outcome["spkiSha256"],
  });
  expect(performed.memory.objects).toHaveLength(3);
});

test("destroys the condemned key wholly, nothing beside it, and shows that it is gone", async () => {
  const performed = await condemned();
  const { outcome, context } = await performed.do(DESTROY);
  expect(outcome).toMatchObject({ found: "whole", objectsDestroyed: 2, left: [], use: { refused: true, answer: "NO-SUCH-KEY" } });
  expect(recheck(DESTROY, outcome, context)).toEqual([]);
  expect(performed.memory.objects.map(({ reading }) => reading.label)).toEqual(["api"]);
});

test("a secret key is told by its check value", async () => {
  const performed = await condemned();
  const requests = [
    { operation: "condemn-key", label: "api", key: "secret-key" },
    { operation: "destroy-key", label: "api", key: "secret-key" },
  ];
  for (const request of requests) await performed.do(request);
  expect(performed.earlier.at(-1)?.outcome["fingerprint"]).toMatch(/^[0-9a-f]{6}$/);
  expect(performed.memory.objects.map(({ reading }) => reading.label)).toEqual(["jwt", "jwt"]);
});

describe("a secret key of which the token gives no fingerprint", () => {
  const [condemn, destroy] =
    [{ operation: "condemn-key", label: "api", key: "secret-key" }, { operation: "destroy-key", label: "api", key: "secret-key" }];
  const silentlyCondemned = async (): Promise<PerformedOperations> => {
    const performed = new PerformedOperations();
    performed.token = new FakeToken(performed.memory, PROFILES.softhsm2, { saysNoCheckValue: true });
    for (const request of [{ operation: "token-health" }, AES, condemn]) await performed.do(request);
    return performed;
  };

  test("is condemned and destroyed by its id and attributes, and both say so", async () => {
    const performed = await silentlyCondemned();
    await performed.do(destroy);
    for (const { request, outcome } of performed.earlier.slice(-2)) {
      const told = book.find(request.operation)?.tell(request, outcome);
      expect(told?.fingerprint).toBeNull();
      expect(told?.facts).toContainEqual(
        expect.objectContaining({
          name: "Fingerprint",
          value: "none that this token gives: the key is known by its CKA_ID and its attributes only",
        }),
      );
    }
  });

  test("is not destroyed once an attribute of it reads otherwise", async () => {
    const performed = await silentlyCondemned();
    performed.memory.objects = performed.memory.objects.map(({ reading, material }) =>
      ({ material, reading: { ...reading, attributes: { ...reading.attributes, LOCAL: false } } }));
    expect(await performed.try(destroy)).toEqual({ call: "destroy-key", name: "OTHER-KEY-UNDER-THIS-ID" });
  });

  test("a fingerprint that is no check value is no outcome", async () => {
    const performed = await silentlyCondemned();
    const { outcome, ckaId } = performed.earlier.pop()!;
    const context = { ...performed.context(), ckaId };
    expect(recheck(condemn, outcome, context)).toEqual([]);
    expect(recheck(condemn, { ...outcome, fingerprint: "" }, context)).toEqual(["the fingerprint is no check value"]);
  });
});

describe("refuses, and destroys nothing,", () => {
  test("a key that nobody condemned", async () => {
    const performed = await condemned();
    const refused = await performed.try({ operation: "destroy-key", label: "api", key: "secret-key" });
    expect(refused).toEqual({ call: "destroy-key", name: "KEY-NOT-CONDEMNED" });
    expect(performed.memory.objects).toHaveLength(3);
  });

  test("another key that was put under the condemned one's id", async () => {
    const performed = await condemned();
    const foreign = new PerformedOperations();
    await foreign.do({ operation: "token-health" });
    await foreign.do(PAIR);
    const kept = performed.memory.objects.filter(({ reading }) => reading.label !== "jwt");
    performed.memory.objects = [...kept, ...foreign.memory.objects];
    expect(await performed.try(DESTROY)).toEqual({ call: "destroy-key", name: "OTHER-KEY-UNDER-THIS-ID" });
    expect(performed.memory.objects).toHaveLength(3);
  });

  test("a key that was destroyed before", async () => {
    const performed = await condemned();
    await performed.do(DESTROY);
    expect(await performed.try(DESTROY)).toEqual({ call: "destroy-key", name: "KEY-NOT-MADE-HERE" });
  });
});

describe("killed in the middle", () => {
  test("not done: the key is whole, nothing is begun, and the next call destroys it", async () => {
    const performed = await condemned();
    performed.token.failNext("destroyById", "not-done");
    await expect(performed.try(DESTROY)).rejects.toMatchObject({ gone: true });
    restart(performed);
    expect(await begun(performed)).toBe(false);
    const { outcome } = await performed.do(DESTROY);
    expect(outcome).toMatchObject({ found: "whole", objectsDestroyed: 2 });
  });

  test("done, but the reply was lost: it is looked up, found gone, and finished as recovered", async () => {
    const performed = await condemned();
    performed.token.failNext("destroyById", "done-but-reply-lost");
    await expect(performed.try(DESTROY)).rejects.toMatchObject({ gone: true });
    restart(performed);
    expect(await begun(performed)).toBe(true);
    const done = await performed.try(DESTROY);
    if ("name" in done) throw new Error(done.name);
    expect(done).toMatchObject({ recovered: true, outcome: { found: "not at all", objectsDestroyed: 0 } });
    expect(recheck(DESTROY, done.outcome, done.context)).toEqual([]);
  });

  test("half done: what is left of it is taken away too", async () => {
    const performed = await condemned();
    performed.context().begun.note();
    performed.memory.objects = performed.memory.objects.filter(({ reading }) => reading.objectClass !== "private-key");
    expect(await begun(performed)).toBe(true);
    const done = await performed.try(DESTROY);
    if ("name" in done) throw new Error(done.name);
    expect(done).toMatchObject({ recovered: true, outcome: { found: "in part", objectsDestroyed: 1 } });
    expect(recheck(DESTROY, done.outcome, done.context)).toEqual([]);
    expect((await performed.token.lookById(fromHex(performed.earlier[1]?.ckaId ?? ""))).found).toBe("nothing");
  });
});

test("the inventory accounts for what was destroyed: not missing, and unexpected when it comes back", async () => {
  const performed = await condemned();
  const before = [...performed.memory.objects];
  await performed.do(DESTROY);
  await performed.do({ operation: "list-keys" });
  expect(inventoryOf(performed.earlier.at(-1)?.outcome ?? {})).toMatchObject({ keys: 1, made: 1, unexpected: [], missing: [] });
  performed.memory.objects = before;
  await performed.do({ operation: "list-keys" });
  expect(inventoryOf(performed.earlier.at(-1)?.outcome ?? {}).unexpected).toHaveLength(2);
});
