import { expect, test } from "vitest";
import { text, utf8 } from "../log/digest";
import { partInfo, partLimits, partProblem } from "./secret-parts";

const chosen = { chosen: true };

test.each([
  ["a PIN of 4 to 255 bytes", { least: 4, most: 255 }, { least: 4, most: 127 }],
  ["a PIN of 7 to 32", { least: 7, most: 32 }, { least: 4, most: 16 }],
  ["a PIN of 14 at least", { least: 14, most: 64 }, { least: 7, most: 32 }],
  ["a token that takes eight at most", { least: 4, most: 8 }, { least: 4, most: 4 }],
  ["a token that takes six at most", { least: 4, most: 6 }, { least: 3, most: 3 }],
  ["a token that sets no limit", { least: 0, most: 500 }, { least: 4, most: 250 }],
  ["a token of no sense", { least: 0, most: 0 }, { least: 1, most: 1 }],
])("each part of a new secret has at least half of the least and at most half of the most: %s", (_of, whole, expected) => {
  expect(partLimits(chosen, whole)).toEqual(expected);
});

test("a secret that is known already is as long as it is", () => {
  expect(partLimits({ chosen: false }, { least: 4, most: 255 })).toEqual({ least: 1, most: 254 });
  expect(partLimits({ chosen: false }, { least: 0, most: 500 })).toEqual({ least: 1, most: 255 });
});

test.each([
  ["abcd", null],
  ["~!09AZaz", null],
  ["abc", "PART-TOO-SHORT"],
  ["", "PART-TOO-SHORT"],
  ["abcdefghi", "PART-TOO-LONG"],
  ["ab cd", "PART-CHARACTERS"],
  ["abcé", "PART-CHARACTERS"],
  ["abc\n", "PART-CHARACTERS"],
])("a part %j with 4 to 8 bytes: %s", (part, problem) => {
  expect(partProblem(utf8(part), { least: 4, most: 8 })).toBe(problem);
});

test("what a part is encrypted for names ceremony, opening, call, secret, half and person", () => {
  const place = { ceremony: "c-1", nonce: "n", invitation: "i", secret: "so-pin", part: 1, person: "carl" } as const;
  expect(text(partInfo(place))).toBe(
    '{"ceremony":"c-1","domain":"claviger/secret-part/v1","invitation":"i","nonce":"n","part":1,"person":"carl","secret":"so-pin"}',
  );
  for (const [member, other] of Object.entries({ ceremony: "c-2", nonce: "m", invitation: "j", secret: "pin", part: 2, person: "cleo" })) {
    expect(text(partInfo({ ...place, [member]: other }))).not.toBe(text(partInfo(place)));
  }
});
