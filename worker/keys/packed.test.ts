import { deserialize, serialize } from "node:v8";
import { describe, expect, test } from "vitest";
import { pack, unpack } from "./packed";

const bytes = (...values: number[]) => Buffer.from(values);
const works = [
  { what: "sign", id: bytes(1, 2), spki: bytes(3), algorithm: "ES256", data: bytes(), check: true },
  { what: "mac", id: bytes(4), checkValue: null, data: bytes(5, 6, 7) },
  { what: "random", length: 16 },
];
const answers = [{ bytes: bytes(8, 9) }, { fault: { kind: "fault", call: "C_Sign", ckr: 5, ckrName: "CKR_GENERAL_ERROR" } }];

describe("works and answers in one piece", () => {
  test.each([works, answers, []])("come out as they went in, through the channel of processes", (...parts) => {
    expect(unpack(deserialize(serialize(pack(parts))))).toEqual(parts);
  });

  test("bytes of nobody, or too few, are no works", () => {
    const { parts, bytes: piece } = pack(works);
    expect(() => unpack({ parts, bytes: Buffer.concat([piece, bytes(0)]) })).toThrow("do not make up");
    expect(() => unpack({ parts, bytes: piece.subarray(1) })).toThrow("do not make up");
    expect(() => unpack({ parts: [{ what: "mac", id: -1, data: 2 }], bytes: bytes(1) })).toThrow("not a length");
  });

  test.each([null, undefined, 1, [], {}, { parts: [1], bytes: bytes() }, { parts: [], bytes: [] }])("what is not packed is refused: %j", (other) => {
    expect(() => unpack(other)).toThrow(TypeError);
  });

  test("a field that is not known to hold bytes takes none along unseen", () => {
    expect(() => pack([{ what: "sign", digest: bytes(1) }])).toThrow("digest");
  });
});
