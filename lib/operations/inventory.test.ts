import { expect, test } from "vitest";
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
    appeared: expect.stringMatching(/^secret-key stray-0 [0-9a-f]{64}$/) as string,
    vanished: expect.stringMatching(/^public-key jwt /) as string,
  });
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
