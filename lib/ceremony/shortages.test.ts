import { describe, expect, test } from "vitest";
import { shortages } from "./shortages";
import { smallBook } from "./small-book.under-test";
import { smallScript } from "./small-script.under-test";
import { SmallWorld, world } from "./small-world.under-test";

const away = (there: SmallWorld, person: string) => there.act("presence-noted", person === "will" ? "wang" : "will", { person, present: false });

describe("who is too few for the rest of the script", () => {
  test("nobody is missed while the whole cast is there, nor one custodian more than the quorum needs", async () => {
    const there = await world("film");
    expect(shortages(there.now, smallBook)).toEqual([]);
    await away(there, "carl");
    expect(shortages(there.now, smallBook)).toEqual([]);
  });
  test("an impossible quorum is said long before its step, with its number, and no more once somebody is back", async () => {
    const there = await world("film");
    for (const person of ["carl", "cleo"]) await away(there, person);
    expect(shortages(there.now, smallBook)).toEqual([{ role: "custodian", group: null, needed: 2, there: 1, step: 6 }]);
    await there.act("presence-noted", "will", { person: "carl", present: true });
    expect(shortages(there.now, smallBook)).toEqual([]);
  });
  test("a group that a rule asks for, an operator, and the witnesses of the sign-off are missed too", async () => {
    const script = { ...smallScript, quorum: { ...smallScript.quorum, and: [{ group: "security-officer", approve: 1 }] } };
    const there = await new SmallWorld().openWith(script).then((opened) => opened.playTo("film"));
    for (const person of ["cora", "olga", "wang"]) await away(there, person);
    expect(shortages(there.now, smallBook).map(({ role, group, needed, there: has }) => [role, group, needed, has])).toEqual([
      ["operator", null, 1, 0],
      ["custodian", "security-officer", 1, 0],
      ["witness", null, 2, 1],
    ]);
  });
  test("nobody is missed for steps that are done", async () => {
    const there = await world("sign");
    for (const person of ["carl"]) await away(there, person);
    expect(shortages(there.now, smallBook)).toEqual([]);
  });
});
