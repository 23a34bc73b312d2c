import { expect, test } from "vitest";
import { EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { RecordedCeremonies } from "#lib/register/evidence.under-test";
import { wordsIn } from "#lib/words/words";
import { registerCsv } from "./register-csv";
import { keySight } from "./register-view";

test("every key is a line, and no text becomes another field or a formula", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR);
  const sight = { ...keySight(recorded.key(EXAMPLE_PAIR.label), () => null, recorded.register().at), owner: '=cmd|"x",y', purpose: "a,b" };
  const csv = registerCsv([sight], (person) => person.toUpperCase(), wordsIn("de"));
  const [head, line, end] = csv.split("\r\n");
  expect(head).toContain('"Schlüssel","Bezeichnung"');
  expect(line).toContain(`"'=cmd|""x"",y","a,b"`);
  expect(line).toContain('"CARL; CLEO"');
  expect(end).toBe("");
  expect(registerCsv([], String, wordsIn("en"))).toBe("\r\n");
});
