import { expect, test } from "vitest";
import { base64url, hex, utf8 } from "#lib/log/digest";
import type { Field } from "./fields";
import { leaksIn } from "./leaks";
import type { Transcript } from "./transcript";

// What is withheld and can be read elsewhere all the same. On a real record: cli/commands/record-redact.test.ts.

const field = (kind: Field["kind"]): Field => ({ entry: 0, at: "/roster/people/0/name", kind, committed: "00" });

/** Where the value is found in an entry with this text. */
function found(value: string, text: string, kind: Field["kind"] = "names"): string[] {
  const entries = [{ by: "operator", body: { note: text } }] as unknown as Transcript["entries"];
  const leaks = leaksIn({ transcript: { entries, openings: [] }, withheld: [], values: [{ field: field(kind), value }] }, []);
  return leaks.map(({ where }) => where);
}
const HERE = "entry 0: /note";

test("a part of a person's name is found where it stands by itself, and not inside another word", () => {
  expect(found("Dr. Anna Müller", "Müller left the room.")).toEqual([HERE]);
  expect(found("Dr. Anna Müller", "ANNA'S card")).toEqual([HERE]);
  expect(found("Dr. Anna Müller", "The Müllerstraße, and Hannah")).toEqual([]);
  // Words of one or two letters are in every text.
  expect(found("Li Bo Dr", "Li and Bo")).toEqual([]);
  // Of other texts the whole is looked for: their words are anybody's.
  expect(found("Passport seen by the clerk", "The clerk left.", "documents")).toEqual([]);
});

test("what is bytes in disguise is looked into, in base64url, base64 and hex, and once more inside of that", () => {
  const said = utf8('{"who":"Anna Müller, CEO?>"}');
  for (const packed of [base64url(said), Buffer.from(said).toString("base64"), hex(said), hex(said).toUpperCase()]) {
    expect(found("Anna Müller", packed), packed).toContain(HERE);
    expect(found("Dr. A. Müller", packed), packed).toContain(HERE);
    expect(found("Anna Müller", base64url(utf8(`{"inside":"${packed}"}`))), packed).toContain(HERE);
  }
  expect(found("Zoë Ångström", base64url(said))).toEqual([]);
});
