import { expect, test } from "vitest";
import { distinguishedName, nameInWords } from "./distinguished-name";
import { readSubject } from "./read-subject";

test("a name as people read it becomes the same name", () => {
  for (const subject of [
    { commonName: "Claviger recorder" },
    { country: "DE", state: "HH", locality: "Hamburg", organisation: "Nordhafen Clearing AG", organisationalUnit: "Keys", commonName: "Schriftführer 1" },
    { organisation: "Nordhafen, CN=Root + OU=x", commonName: "a=b, c" },
  ]) {
    expect(readSubject(nameInWords(distinguishedName(subject)))).toEqual(subject);
  }
});

test.each([
  "", "Claviger recorder", "O=Nordhafen", "CN=", "CN=a, O=b", "CN=a, CN=b", "O=b,CN=a", "C=Germany, CN=a", "C=de, CN=a", "X=y, CN=a", "CN=a, serial=1",
  `CN=${"a".repeat(65)}`, "DC=example, CN=a",
])("what is none, or would come out otherwise, is refused: %s", (words) => {
  expect(readSubject(words)).toBeNull();
});
