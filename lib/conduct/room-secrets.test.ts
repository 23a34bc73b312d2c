import { expect, test } from "vitest";
import { readEntry } from "#lib/ceremony/entry";
import { assertionBy } from "#lib/ceremony/small-roster.under-test";
import { pinsScript, secretScript } from "#lib/ceremony/small-script.under-test";
import { SmallWorld } from "#lib/ceremony/small-world.under-test";
import { statementHash } from "#lib/ceremony/statement";
import { canonicalText, type Json } from "#lib/log/canonical";
import { base64url, sha256Hex, utf8 } from "#lib/log/digest";
import { tellsNothing as book } from "#lib/record/tells-nothing.under-test";
import { done, expectObjection, MemoryRoom, someone } from "./memory-room.under-test";
import { roomView } from "./room-view";
import { signStatement } from "./sign-statement";

const view = (there: SmallWorld, me: string) =>
  roomView({
    ceremony: there.now,
    entries: there.entries,
    openings: [],
    me,
    book,
    record: null,
    health: { state: "ready", sentence: "Ready.", seenAt: there.now.head.at },
    now: there.now.head.at,
  });

/** A step whose operation needs a secret, approved, and called for by the worker. */
async function called(script = secretScript): Promise<SmallWorld> {
  const there = await new SmallWorld().openWith(script).then((world) => world.playTo("make"));
  await there.openStep();
  for (const person of ["carl", "cleo"]) await there.sign(person);
  await there.invite();
  return there;
}
const halves = (there: SmallWorld, me: string) => view(there, me).mine.flatMap((act) => (act.act === "enter-part" ? [act.part] : []));

test("every custodian may enter either half, until they have entered one; nobody else is asked", async () => {
  const there = await called();
  for (const person of ["carl", "cleo", "cora"]) expect(halves(there, person)).toEqual([1, 2]);
  for (const person of ["olga", "will", "axel"]) expect(halves(there, person)).toEqual([]);
  await there.enterPart("carl", 1);
  expect([halves(there, "carl"), halves(there, "cora")]).toEqual([[], [2]]);
  await there.enterPart("cora", 2);
  for (const person of ["carl", "cleo", "cora"]) expect(halves(there, person)).toEqual([]);
});

test("whoever has entered a half of one PIN of a token is offered none of the other, and the room names them beside it", async () => {
  const there = await called(pinsScript({ label: "vault" }));
  await there.enterPart("carl", 1, { secret: "security-officer" });
  const offered = (me: string) => view(there, me).mine.flatMap((act) => (act.act === "enter-part" ? [`${act.secret} ${String(act.part)}`] : []));
  expect(offered("carl")).toEqual([]);
  expect(offered("cora")).toEqual(["security-officer 2", "user 1", "user 2"]);
  await there.enterPart("cora", 2, { secret: "user" });
  expect([offered("cora"), offered("cleo")]).toEqual([[], ["security-officer 2", "user 1"]]);
  expect(view(there, "will").secrets?.list.map(({ secret, apart }) => [secret, apart])).toEqual([
    ["security-officer", ["Person cora"]],
    ["user", ["Person carl"]],
  ]);
});

test("the room sees who has entered which half and who is awaited, and nothing of any", async () => {
  const there = await called();
  expect(view(there, "will").awaited).toMatch(/^Waiting for 2 more parts of secrets, by /);
  expect(view(there, "will").worker.sentence).toContain("waits for both parts");
  await there.enterPart("cora", 2);
  const room = view(there, "will");
  expect(room.awaited).toMatch(/^Waiting for 1 more part of a secret, by /);
  expect(room.secrets?.list).toMatchObject([{ secret: "pin", title: "the PIN", parts: [{ part: 1, name: null }, { part: 2, name: "Person cora" }] }]);
  const step = room.acts.flatMap(({ steps }) => steps).find(({ current }) => current);
  expect(step?.doings.slice(-2).map(({ did }) => did)).toEqual(["called for the secrets", "entered the second half of pin"]);
});

test("the call is handed on as it stands in the transcript, and is gone once the work has failed or is done", async () => {
  const there = await called();
  const call = view(there, "carl").secrets?.call ?? "";
  const read = readEntry(utf8(call));
  expect(read.ok && read.value.hash).toBe(there.now.head.hash);
  await there.enterPart("carl", 1);
  await there.enterPart("cora", 2);
  await there.start();
  await there.finish();
  expect(view(there, "carl").secrets).toBeNull();
});

test("a half is kept with the very ciphertext that was signed, and a signature without it, or with another, is not", async () => {
  const room = new MemoryRoom();
  await room.asWorld(async (world) => {
    await world.openWith(secretScript);
    await world.playTo("make");
    await world.openStep();
    for (const person of ["carl", "cleo"]) await world.sign(person);
    await world.invite();
  });
  const [ciphertext, other] = [utf8("sealed"), utf8("other")];
  const ceremony = (await room.room.transcripts.read("c-1"))?.ceremony;
  const invitation = ceremony?.steps.find(({ invitation: one }) => one)?.invitation?.hash ?? "";
  const world = new SmallWorld();
  world.ceremony = ceremony ?? null;
  const statement = world.decide("carl", { act: "enter-part", part: { invitation, secret: "pin", part: 1, sha256: sha256Hex(ciphertext) } });
  const form = { statement: canonicalText(statement as unknown as Json), openings: [], assertion: assertionBy("carl", statementHash(statement)) };
  for (const bad of [undefined, base64url(other), "no base64url!"]) {
    expectObjection(await signStatement(room.room, someone("carl"), "c-1", { ...form, ciphertext: bad }), "PART-CIPHERTEXT");
  }
  const said = done(await signStatement(room.room, someone("carl"), "c-1", { ...form, ciphertext: base64url(ciphertext) }));
  expect(room.store.kept.get("c-1")?.[said.seq]).toMatchObject({ ciphertext });

  const refusing = world.decide("cora");
  const approving = { statement: canonicalText(refusing as unknown as Json), openings: [], assertion: assertionBy("cora", statementHash(refusing)) };
  expectObjection(await signStatement(room.room, someone("cora"), "c-1", { ...approving, ciphertext: base64url(other) }), "PART-CIPHERTEXT");
});
