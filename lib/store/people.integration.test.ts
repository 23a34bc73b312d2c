import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import type { PersonFields } from "#lib/conduct/people-ports";
import { openDatabase, type Database } from "./database";
import { changePerson, createPerson, listPeople, removePasskey } from "./people";

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.appUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const nothing = { groups: [], email: null, contact: null, language: "en" };
const fields: PersonFields = { ...nothing, name: "A", title: "B", roles: ["administrator"], disabled: false };
const audit = { kind: "person-changed", by: "somebody", facts: {} } as const;
const able = async () =>
  (await listPeople(db)).filter(
    ({ roles, disabled, passkeys }) => roles.includes("administrator") && !disabled && passkeys.length > 0,
  );

async function administrator(person: string): Promise<void> {
  await createPerson(db, person, fields, audit);
  const passkey = { algorithm: "ES256", aaguid: "", synced: false, counter: 0, label: "" };
  await db.passkey.create({ data: { id: `key-of-${person}`, spki: `spki-of-${person}`, personId: person, ...passkey } });
}

it("of administrators who disable each other at the same moment one stays, every time", async () => {
  await administrator("a-first");
  for (let round = 0; round < 12; round++) {
    const [one] = await able();
    const other = `a-${String(round)}`;
    await administrator(other);
    const disable = (person: string) => changePerson(db, person, { ...fields, disabled: true }, audit);
    const both = await Promise.all([disable(one?.person ?? ""), disable(other)]);
    expect([...both].sort()).toEqual(["changed", "last-administrator"]);
    expect(await able()).toHaveLength(1);
  }
});

it("neither a role nor a passkey is taken from the last one, and nothing else of the change is kept", async () => {
  const [last] = await able();
  const person = last?.person ?? "";
  expect(await changePerson(db, person, { ...fields, name: "Changed", roles: ["witness"] }, audit)).toBe("last-administrator");
  expect(await removePasskey(db, person, `key-of-${person}`, "", audit)).toBe("last-administrator");
  expect(await able()).toMatchObject([{ person, name: "A" }]);
});
