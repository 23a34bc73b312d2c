import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { aboutArchive, openArchive, sealArchive } from "./sealed-archive";

const SECRET = Buffer.from("first half/second half");
const ABOUT = { backup: "b-1" };
const plain = Uint8Array.from(randomBytes(150_000));
const sealed = await sealArchive(ABOUT, plain, SECRET);
const body = Buffer.from(sealed).indexOf(0x0a, Buffer.from(sealed).indexOf(0x0a) + 1) + 1;
const CHUNK = 65_536 + 16;

/** The archive with one byte changed. */
const flipped = (at: number): Uint8Array => sealed.map((byte, i) => (i === at ? byte ^ 1 : byte));

test("opens under its secret, byte for byte, and says what it is before", async () => {
  expect(aboutArchive(sealed)).toEqual(ABOUT);
  expect(await openArchive(sealed, SECRET)).toEqual({ ok: true, value: { about: ABOUT, plain } });
});

test.each([0, 1, 65_536, 131_072])("%i bytes come back", async (length) => {
  const bytes = Uint8Array.from(randomBytes(length));
  expect(await openArchive(await sealArchive(null, bytes, SECRET), SECRET)).toMatchObject({ ok: true, value: { plain: bytes } });
});

test("two seals of the same bytes have nothing in common but their form", async () => {
  const again = await sealArchive(ABOUT, plain, SECRET);
  expect(again).toHaveLength(sealed.length);
  expect(Buffer.from(again).equals(Buffer.from(sealed))).toBe(false);
});

test("another secret is told from damage", async () => {
  expect(await openArchive(sealed, Buffer.from("first half/second hale"))).toEqual({ ok: false, refusal: "KEY-WRONG" });
});

test.each([
  ["a changed byte in the first chunk", flipped(body + 5)],
  ["a changed tag of the last chunk", flipped(sealed.length - 1)],
  ["the last chunk cut off", sealed.subarray(0, body + 2 * CHUNK)],
  ["everything cut off", sealed.subarray(0, body)],
  ["a few bytes cut off", sealed.subarray(0, -3)],
  [
    "two chunks exchanged",
    Buffer.concat([
      sealed.subarray(0, body),
      sealed.subarray(body + CHUNK, body + 2 * CHUNK),
      sealed.subarray(body, body + CHUNK),
      sealed.subarray(body + 2 * CHUNK),
    ]),
  ],
  ["a chunk more", Buffer.concat([sealed, sealed.subarray(body, body + CHUNK)])],
])("%s is found", async (_, bytes) => {
  expect(await openArchive(bytes, SECRET)).toEqual({ ok: false, refusal: "ARCHIVE-DAMAGED" });
});

test("a header that was changed opens under no secret", async () => {
  const at = Buffer.from(sealed).indexOf("b-1");
  expect(await openArchive(flipped(at + 2), SECRET)).toEqual({ ok: false, refusal: "KEY-WRONG" });
});

test("something else is no archive, and what it costs to try a secret is not the file's to say", async () => {
  const dear = Buffer.from(sealed).toString("latin1").replace('"n":131072', '"n":131073');
  for (const bytes of [new Uint8Array(), Buffer.from("hello\n"), Buffer.from(dear, "latin1")]) {
    expect(await openArchive(bytes, SECRET)).toEqual({ ok: false, refusal: "NO-ARCHIVE" });
    expect(aboutArchive(bytes)).toBeNull();
  }
});

test("a MAC that is no hexadecimal is no archive, and no fault of the worker", async () => {
  const mac = Buffer.from(sealed).indexOf(0x0a) + 1;
  const bent = sealed.map((byte, i) => (i === mac ? "g".charCodeAt(0) : byte));
  expect(aboutArchive(bent)).toBeNull();
  expect(await openArchive(bent, SECRET)).toEqual({ ok: false, refusal: "NO-ARCHIVE" });
});
