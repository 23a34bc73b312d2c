import { beforeAll, expect, test } from "vitest";
import { placeholder } from "../ceremony/small-roster.under-test";
import { world } from "../ceremony/small-world.under-test";
import { chooseFields } from "./choose-fields";
import { countedFields, fieldsOf, type Field } from "./fields";

let fields: Field[];
beforeAll(async () => {
  const there = await world("sign");
  await there.must("clock-compared", "carl", { device: "d-1", name: placeholder("Laptop"), milliseconds: 4000 });
  await there.must("break-begun", "olga", { step: null, present: ["olga"], seals: [{ seal: "bag-1", name: placeholder("Bag"), value: placeholder("A-1") }], unsealed: null });
  await there.must("ceremony-stopped", "axel", { reason: placeholder("smoke") });
  fields = fieldsOf(there.entries);
});

const chosen = (hide: readonly string[] | null, open: readonly string[] = []): readonly Field[] => {
  const choice = chooseFields(fields, { hide, open });
  if (typeof choice !== "function") throw new Error(choice.unknown);
  return fields.filter(choice);
};

test("every commitment in an entry is a field, of the kind that people would call it", () => {
  const counted = countedFields(fields);
  for (const told of [
    "names of people (7)", "titles of people (7)", "the organisation (1)", "the place (1)", "the documents that identities were compared with (7)",
    "what was read off things: bags, seals, serial numbers (4)", "names of files, and where they are kept (2)", "names of devices (1)", "what people wrote (1)",
  ]) expect(counted).toContain(told);
});

test("what is withheld is chosen by kind, by entry and by place in it, and what is opened is taken out of that", () => {
  expect(chosen(null)).toEqual(fields);
  expect(chosen([])).toEqual([]);
  expect(new Set(chosen(["names", "place"]).map(({ kind }) => kind))).toEqual(new Set(["names", "place"]));
  expect(chosen(["0/roster/people/1"]).map(({ at }) => at)).toEqual(["/roster/people/1/name", "/roster/people/1/title"]);
  expect(chosen(["0/place"])).toHaveLength(1);
  expect(chosen(null, ["0"]).every(({ entry }) => entry > 0)).toBe(true);
  expect(chosen(["names"], ["0/roster/people/0/name"])).toHaveLength(6);
});

test("a place is not the beginning of another, and what is nothing's name is said", () => {
  expect(chooseFields(fields, { hide: ["0/roster/people/1/na"], open: [] })).toEqual({ unknown: "0/roster/people/1/na" });
  expect(chooseFields(fields, { hide: null, open: ["nicknames"] })).toEqual({ unknown: "nicknames" });
});
