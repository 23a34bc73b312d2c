import { expect, test } from "vitest";
import { utf8 } from "./digest";
import { leafHash } from "./merkle";
import { NOTE_COSIGNATURE, NOTE_ED25519, vkey, type NoteKey } from "./note";
import { addCheckpointBody, readWitnesses } from "./witness";

const key = (name: string, kind: NoteKey["kind"] = NOTE_COSIGNATURE): NoteKey => ({ name, kind, publicKey: leafHash(utf8(name)) });
const [one, two] = [vkey(key("witness.example/w1")), vkey(key("w2.example"))];

test("witnesses are listed by their keys and addresses", () => {
  expect(readWitnesses(`${one} https://witness.example/w1/, ${two}  http://127.0.0.1:9`)).toEqual([
    { key: key("witness.example/w1"), url: "https://witness.example/w1" },
    { key: key("w2.example"), url: "http://127.0.0.1:9" },
  ]);
});
test.each([
  ["nothing", ""],
  ["a key alone", one],
  ["an address alone", "https://witness.example"],
  ["a key that signs notes and cosigns none", `${vkey(key("w", NOTE_ED25519))} https://w.example`],
  ["another scheme", `${one} ftp://w.example`],
  ["a query", `${one} https://w.example?x`],
  ["one witness twice", `${one} https://a.example, ${one} https://b.example`],
  ["a comma too many", `${one} https://a.example,`],
])("no such list is %s", (_what, list) => expect(readWitnesses(list)).toBeNull());

test("a checkpoint is handed in as tlog-witness has it", () => {
  const [hash, checkpoint] = [leafHash(utf8("x")), utf8("log.example\n1\nAAAA\n\n— log.example AAAA\n")];
  const [old, proof, empty, ...rest] = addCheckpointBody(20852014, [hash], checkpoint).split("\n");
  expect([old, empty, rest[0]]).toEqual(["old 20852014", "", "log.example"]);
  expect(proof).toBe(btoa(String.fromCharCode(...hash)));
  expect(addCheckpointBody(0, [], checkpoint)).toBe(`old 0\n\n${new TextDecoder().decode(checkpoint)}`);
});
