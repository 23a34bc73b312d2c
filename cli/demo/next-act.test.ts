import { describe, expect, test } from "vitest";
import type { RoomBook, RoomView } from "#lib/conduct/room";
import { roomView } from "#lib/conduct/room-view";
import { smallBook } from "#lib/ceremony/small-book.under-test";
import { placeholder } from "#lib/ceremony/small-roster.under-test";
import { SmallWorld, world, worldIn } from "#lib/ceremony/small-world.under-test";
import { actOf, nextAct } from "./next-act";

/** The small world: two of three custodians (carl, cleo, cora), witnesses will and wang, operator olga, auditor axel. */
const tell = () => ({ facts: [], attributes: [], fingerprint: null });
const book: RoomBook = {
  find: (name) => {
    const rules = smallBook.find(name);
    return rules && { ...rules, tell };
  },
};
const room = (there: SmallWorld, me = "axel"): RoomView =>
  roomView({
    ceremony: there.now,
    entries: there.entries,
    openings: [],
    me,
    book,
    record: null,
    health: null,
    now: there.now.head.at,
  });
const people = (...names: string[]) => new Set(names);
const next = (there: SmallWorld, ...playing: string[]) => nextAct(room(there), people(...playing));
/** Whom the autopilot would have checked, as that witness. */
const checks = (there: SmallWorld, witness: string, ...playing: string[]) => {
  const act = actOf(room(there, witness), { person: witness, act: "check-identity" }, people(...playing));
  return act?.act === "check-identity" ? act.person : null;
};
const check = (there: SmallWorld, by: string, person: string) =>
  there.must("identity-checked", by, { step: "come", person, document: placeholder("passport") });

describe("what the autopilot does next", () => {
  test("opens the next step for the operator, and leaves it to an operator who plays", async () => {
    const there = await world("hear");
    expect(next(there)).toEqual({ person: "olga", act: "open-step" });
    expect(next(there, "olga")).toBeNull();
  });

  test("waits while the worker is at it", async () => {
    const there = new SmallWorld();
    await there.open();
    expect(next(there)).toBeNull();
    expect(next(await worldIn("look"))).toBeNull();
  });

  test("has one custodian after the other approve, and no more than it takes", async () => {
    const there = await worldIn("make");
    expect(next(there)).toEqual({ person: "carl", act: "approve" });
    await there.sign("carl");
    expect(next(there)).toEqual({ person: "cleo", act: "approve" });
    await there.sign("cleo");
    expect(next(there)).toBeNull();
  });

  test("keeps an approval for every custodian who plays, and never gives theirs", async () => {
    const there = await worldIn("make");
    expect(next(there, "carl")).toEqual({ person: "cleo", act: "approve" });
    await there.sign("cleo");
    expect(next(there, "carl")).toBeNull();
    expect(next(there, "carl", "cora")).toBeNull();
    await there.sign("carl");
    expect(next(there, "carl")).toBeNull();
  });

  test("approves after the custodian who plays did", async () => {
    const there = await worldIn("make");
    await there.sign("cora");
    expect(next(there, "cora")).toEqual({ person: "carl", act: "approve" });
  });

  test("after a refusal notes a deviation and opens the step again", async () => {
    const there = await worldIn("make");
    await there.refuse("cora");
    expect(next(there, "cora")).toEqual({ person: "olga", act: "note-deviation" });
    const seq = await there.deviate();
    expect(next(there, "cora")).toEqual({ person: "olga", act: "open-step" });
    expect(actOf(room(there, "olga"), { person: "olga", act: "open-step" }, people("cora"))).toMatchObject({ deviation: seq });
  });

  test("after a stop notes a deviation, agrees to going on once the custodian who plays did, and resumes", async () => {
    const there = await worldIn("make");
    await there.must("ceremony-stopped", "cora", { reason: placeholder("smoke") });
    expect(next(there, "cora")).toEqual({ person: "olga", act: "note-deviation" });
    const deviation = await there.deviate(null);
    expect(next(there, "cora")).toEqual({ person: "carl", act: "approve-resume" });
    await there.agreeToGoOn("carl", deviation);
    expect(next(there, "cora")).toBeNull();
    await there.agreeToGoOn("cora", deviation);
    expect(next(there, "cora")).toEqual({ person: "olga", act: "resume" });
  });

  test("a physical value is read by the operator and a witness: the reading of a witness who plays is left to them", async () => {
    const there = await worldIn("serial");
    expect(next(there, "will")).toEqual({ person: "olga", act: "enter-value" });
    await there.must("value-entered", "olga", { step: "serial", value: placeholder("1") });
    expect(next(there, "will")).toBeNull();
    expect(next(there)).toEqual({ person: "will", act: "enter-value" });
  });

  test("checks everybody's identity, each by another", async () => {
    const there = await worldIn("come");
    const checked: string[] = [];
    for (let turn = next(there); turn; turn = next(there)) {
      if (turn.act !== "check-identity") break;
      const person = checks(there, turn.person);
      if (person === null) throw new Error("nobody to check");
      await check(there, turn.person, person);
      checked.push(person);
    }
    expect(checked.sort()).toEqual(["axel", "carl", "cleo", "cora", "olga", "wang", "will"]);
  });

  test("a witness who plays is checked first, and keeps some people to check", async () => {
    const there = await worldIn("come");
    expect(checks(there, "wang", "will")).toBe("will");
    for (let turn = next(there, "will"); turn; turn = next(there, "will")) {
      const person = checks(there, turn.person, "will");
      if (person === null) throw new Error("nobody to check");
      await check(there, turn.person, person);
    }
    const left = room(there, "will").mine.filter(({ act }) => act === "check-identity");
    expect(left).toHaveLength(2);
  });

  test("everybody signs off but those who play", async () => {
    const there = await worldIn("sign");
    expect(next(there, "olga")).toEqual({ person: "carl", act: "sign-off" });
    for (const person of ["carl", "cleo", "cora", "will", "wang"]) await there.signOff(person);
    expect(next(there, "olga")).toBeNull();
  });

  test("does nothing once the ceremony is closed", async () => {
    const there = await world();
    await there.close();
    expect(next(there)).toBeNull();
  });
});
