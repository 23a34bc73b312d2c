import { expect, test } from "vitest";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { RecordedCeremonies } from "#lib/register/evidence.under-test";
import { readToken } from "./read-token";

const said = async (...done: readonly object[]) => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES, ...(done as (typeof EXAMPLE_AES)[]));
  const { token, memory } = recorded.performed;
  return { recorded, token, read: (serial = memory.serial) => readToken(token, recorded.register(), serial) };
};
const condemn = { operation: "condemn-key", label: EXAMPLE_AES.label, key: "secret-key" };

test("a secret key whose check value an outcome says is asked for it, on the token on which it stands", async () => {
  const { recorded, read } = await said(condemn);
  const { checkValue, places } = recorded.key(EXAMPLE_AES.label);
  expect(checkValue).toMatch(/^[0-9a-f]{6}$/);
  expect([...(await read()).checkValues]).toEqual([[places[0]?.ckaId, checkValue]]);
  expect((await read("another")).checkValues.size).toBe(0);
});

test("where no outcome says one, no key is asked", async () => {
  const { token, read } = await said();
  Object.assign(token, { checkValue: () => Promise.reject(new Error("asked")) });
  expect((await read()).checkValues.size).toBe(0);
});

test("of two objects under one id nobody could say whose value it is: neither is asked", async () => {
  const { token, read } = await said(condemn);
  const all = await token.listObjects();
  const twice = all.flatMap((one) => (one.objectClass === "secret-key" ? [one, { ...one, label: "other" }] : [one]));
  Object.assign(token, { listObjects: () => Promise.resolve(twice), checkValue: () => Promise.reject(new Error("asked")) });
  expect((await read()).checkValues.size).toBe(0);
});
