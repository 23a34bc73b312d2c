import { expect, test } from "vitest";
import type { FakeObject } from "#lib/token/fake-token.under-test";
import { book } from "./book";
import { AES, PAIR, PerformedOperations } from "./performed-operations.under-test";

const LIST = { operation: "list-keys" };
const HEALTH = { operation: "token-health" };

/** What the recorder owes after the last operation done. */
function owed(performed: PerformedOperations) {
  const last = performed.earlier.at(-1);
  if (!last) throw new Error("nothing was done");
  return book.find(last.request.operation)?.differs?.(last.request, last.outcome, performed.earlier.slice(0, -1)) ?? null;
}

async function looked(request: { operation: string; token?: string } = HEALTH): Promise<PerformedOperations> {
  const performed = new PerformedOperations();
  await performed.do(request);
  return performed;
}

/** So many AES keys that no outcome of the ceremony made. */
async function strays(count: number) {
  const elsewhere = new PerformedOperations();
  for (let i = 0; i < count; i++) await elsewhere.do({ ...AES, label: `stray-${String(i)}` });
  return elsewhere.memory.objects;
}

test("a listing in which everything is accounted for asks for no deviation", async () => {
  const performed = await looked();
  for (const request of [PAIR, AES, LIST]) await performed.do(request);
  expect(owed(performed)).toBeNull();
});

test("what appeared and what vanished without an outcome is counted and named", async () => {
  const performed = await looked();
  await performed.do(PAIR);
  performed.memory.objects = [...performed.memory.objects.filter(({ reading }) => reading.objectClass !== "public-key"), ...(await strays(1))];
  await performed.do(LIST);
  expect(owed(performed)).toEqual({
    unexpected: 1,
    missing: 1,
    changed: 0,
    appeared: expect.stringMatching(/^secret-key stray-0 [0-9a-f]{64}$/) as string,
    vanished: expect.stringMatching(/^public-key jwt /) as string,
  });
});

test.each([
  ["EXTRACTABLE", true, "EXTRACTABLE was false, is true"],
  ["SENSITIVE", false, "SENSITIVE was true, is false"],
  ["DERIVE", true, "DERIVE was false, is true"],
  ["NEVER_EXTRACTABLE", "not offered", "NEVER_EXTRACTABLE was true, is not offered"],
] as const)("a key whose %s changed without an outcome is a difference, told with what it read then and now", async (name, value, says) => {
  const performed = await looked();
  for (const request of [PAIR, LIST]) await performed.do(request);
  const key = performed.memory.objects.find(({ reading }) => reading.objectClass === "private-key")!;
  const changed = { ...key, reading: { ...key.reading, attributes: { ...key.reading.attributes, [name]: value } } };
  performed.memory.objects = performed.memory.objects.map((object) => (object === key ? changed : object));
  await performed.do(LIST);
  const { altered, ...counted } = owed(performed) ?? {};
  expect(counted).toEqual({ unexpected: 0, missing: 0, changed: 1 });
  expect(altered).toMatch(new RegExp(`^private-key jwt [0-9a-f]{64}: ${says}$`));
});

test("a key that was there before and has another label, algorithm or use is found too", async () => {
  const performed = new PerformedOperations();
  performed.memory.objects = await strays(2);
  await performed.do(HEALTH);
  const [one, two] = performed.memory.objects as [FakeObject, FakeObject];
  performed.memory.objects = [
    { ...one, reading: { ...one.reading, label: "renamed" } },
    { ...two, reading: { ...two.reading, algorithm: "AES-128", attributes: { ...two.reading.attributes, WRAP: true } } },
  ];
  await performed.do(LIST);
  expect(owed(performed)).toMatchObject({
    unexpected: 1,
    missing: 1,
    changed: 1,
    appeared: expect.stringMatching(/^secret-key renamed /) as string,
    vanished: expect.stringMatching(/^secret-key stray-0 /) as string,
    altered: expect.stringMatching(/^secret-key stray-1 .*: algorithm was AES-256, is AES-128, WRAP was false, is true$/) as string,
  });
});

test("objects that nothing tells apart count one by one: as many as before are accounted for, one more is not", async () => {
  const performed = new PerformedOperations();
  const [twin] = await strays(1);
  performed.memory.objects = [twin!, twin!];
  await performed.do(HEALTH);
  await performed.do(LIST);
  expect(owed(performed)).toBeNull();
  performed.memory.objects.push(twin!);
  await performed.do(LIST);
  expect(owed(performed)).toMatchObject({ unexpected: 1, missing: 0, changed: 0 });
  performed.memory.objects = [twin!];
  await performed.do(LIST);
  expect(owed(performed)).toMatchObject({ unexpected: 0, missing: 1, changed: 0 });
});

test("what the first look at a token finds has not appeared; what is gone by then is missing all the same", async () => {
  const first = new PerformedOperations();
  first.memory.objects = await strays(2);
  await first.do(LIST);
  expect(owed(first)).toBeNull();

  const gone = new PerformedOperations();
  await gone.do(PAIR);
  gone.memory.objects = await strays(1);
  await gone.do(LIST);
  expect(owed(gone)).toMatchObject({ unexpected: 0, missing: 2 });
});

test("a token that the ceremony initialised itself was empty: whatever else is on it has appeared", async () => {
  const performed = await looked({ operation: "initialise-token", token: "vault" });
  performed.vaultMemory.objects = await strays(1);
  await performed.do({ ...LIST, token: "vault" });
  expect(owed(performed)).toMatchObject({ token: "vault", unexpected: 1, missing: 0 });
});

test("twenty objects are named and the others counted", async () => {
  const performed = await looked();
  performed.memory.objects = await strays(22);
  await performed.do(LIST);
  const facts = owed(performed);
  expect(facts).toMatchObject({ unexpected: 22, missing: 0 });
  expect(String(facts?.["appeared"]).split("; ")).toHaveLength(21);
  expect(facts?.["appeared"]).toMatch(/; and 2 more$/);
});
