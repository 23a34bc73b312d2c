import { expect, test } from "vitest";
import type { Statement } from "#lib/ceremony/statement";
import { START } from "#lib/ceremony/small-transcript.under-test";
import { worldIn } from "#lib/ceremony/small-world.under-test";
import { statementHash } from "#lib/ceremony/statement";
import { roomView } from "#lib/conduct/room-view";
import { canonicalText, hashOf, type Json } from "#lib/log/canonical";
import { commit } from "#lib/log/commitment";
import { tellsNothing as book } from "#lib/record/tells-nothing.under-test";
import { readStatement, type Intended } from "./read-statement";

/** carl is about to approve the step "make", and a browser shows him the room. */
async function carl() {
  const there = await worldIn("make");
  const view = roomView({
    ceremony: there.now,
    entries: [],
    openings: [],
    me: "carl",
    book,
    record: null,
    health: null,
    now: there.now.head.at,
  });
  return { there, view, statement: there.decide("carl") };
}

/** Five minutes after the small world began: its scripts give half an hour. */
const NOW = START + 300_000;
const APPROVE: Intended = { act: "approve", step: "make", verdict: null, remark: "" };
const text = (statement: Statement) => canonicalText(statement as unknown as Json);
const failing = (read: Awaited<ReturnType<typeof readStatement>>) =>
  read?.checks.filter(({ holds }) => !holds).map(({ sentence }) => sentence);

test("the hash shown is the hash that the worker and the verifier compute of the same statement", async () => {
  const { view, statement } = await carl();
  const read = await readStatement({ statement: text(statement), openings: [] }, APPROVE, view, NOW);
  expect(read?.hash).toBe(statementHash(statement));
});

test("an operation that this page does not know is never sound, whatever else holds", async () => {
  const { view, statement } = await carl();
  const read = await readStatement({ statement: text(statement), openings: [] }, APPROVE, view, NOW);
  expect(read?.sentences[0]?.sentence).toContain("does not know");
  expect(failing(read)).toEqual(["The operations are all in it, and its hash of them is right."]);
});

/** A statement about operations of the real book, so that every check can hold. */
async function real() {
  const { there, view, statement } = await carl();
  const what = [{ operation: "generate-key-pair", label: "one", algorithm: "RSA-4096", usage: ["sign"], extractable: false }];
  return { there, view, statement: { ...statement, what, whatHash: hashOf(what) } as Statement };
}

test("a statement that says what the person sees and decided is sound, and its sentence comes from its own bytes", async () => {
  const { view, statement } = await real();
  const read = await readStatement({ statement: text(statement), openings: [] }, APPROVE, view, NOW);
  expect(failing(read)).toEqual([]);
  expect(read?.sound).toBe(true);
  expect(read?.sentences[0]?.sentence).toContain("RSA-4096");
});

test.each<[string, Partial<Statement>, string]>([
  ["another decision", { act: "refuse" }, "Its decision"],
  ["a verdict nobody gave", { verdict: "agree" }, "Its decision"],
  ["a remark nobody wrote", { remark: commit({ path: "x", salt: "00".repeat(16), value: "x" }) }, "Its decision"],
  ["another ceremony", { ceremony: "c-2" }, "It is about this ceremony"],
  ["the other mode", { mode: "rehearsal" }, "It is about this ceremony"],
  ["another script", { scriptHash: "ab".repeat(32) }, "It is about this ceremony"],
  ["another step", { step: "look" }, "It is about the step"],
  ["operations that its hash does not cover", { what: [] }, "The operations are all"],
  ["another token", { token: { serial: "s-2" } }, "It names the token"],
  ["a further token", { token: { serial: "s-1", others: { vault: "s-2" } } }, "It names the token"],
  ["another person", { person: "cleo" }, "It is yours"],
  ["another role", { role: "witness" }, "It is yours"],
])("refuses to let a person sign %s", async (_, change, sentence) => {
  const { view, statement } = await real();
  const read = await readStatement({ statement: text({ ...statement, ...change }), openings: [] }, APPROVE, view, NOW);
  expect(read?.sound).toBe(false);
  expect(failing(read)?.[0]).toContain(sentence);
});

test("refuses to let a person sign in reserve, by this device's own clock, whatever the server says of the script", async () => {
  const { view, statement } = await real();
  const read = (change: Partial<Statement>, seen = view) =>
    readStatement({ statement: text({ ...statement, ...change }), openings: [] }, APPROVE, seen, NOW);
  const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
  expect(failing(await read({ expires: at(31) }))).toEqual([]);
  for (const minutes of [33, 12 * 60, 24 * 60]) expect(failing(await read({ expires: at(minutes) }))?.[0]).toContain("not in reserve");
  const lying = { ...view, script: { ...view.script, signWithin: 100_000 } };
  expect((await read({ expires: at(12 * 60) }, lying))?.sound).toBe(false);
});

test("a remark is sound only when the commitment in the statement opens to exactly what was typed", async () => {
  const { view, statement } = await real();
  const opening = { path: "step-refused/make/remark", salt: "11".repeat(16), value: "Wrong label." };
  const refusal = { ...statement, act: "refuse" as const, remark: commit(opening) };
  const refuse: Intended = { act: "refuse", step: "make", verdict: null, remark: "Wrong label." };
  const sound = async (signed: Statement, openings: (typeof opening)[]) =>
    (await readStatement({ statement: text(signed), openings }, refuse, view, NOW))?.sound;
  expect(await sound(refusal, [opening])).toBe(true);
  const other = { ...opening, value: "I do not care." };
  expect(await sound({ ...refusal, remark: commit(other) }, [other])).toBe(false);
  expect(await sound({ ...refusal, remark: commit(other) }, [opening])).toBe(false);
});

test("text that is no statement in canonical form is not read at all", async () => {
  const { view, statement } = await real();
  const spaced = JSON.stringify(statement, null, 2);
  expect(await readStatement({ statement: spaced, openings: [] }, APPROVE, view)).toBeNull();
  expect(
    await readStatement({ statement: canonicalText({ v: "claviger/statement/v1" }), openings: [] }, APPROVE, view),
  ).toBeNull();
  expect(
    await readStatement({ statement: text({ ...statement, more: 1 } as unknown as Statement), openings: [] }, APPROVE, view),
  ).toBeNull();
});
