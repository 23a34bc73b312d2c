import { expect, test } from "vitest";
import { readAtMost } from "./read-at-most";

const body = (...sizes: number[]) => new Response(new Blob(sizes.map((size, at) => new Uint8Array(size).fill(at + 1)))).body;

test("a body is read whole, and none is empty", async () => {
  expect(await readAtMost(body(2, 1), 3)).toEqual(Uint8Array.of(1, 1, 2));
  expect(await readAtMost(null, 3)).toEqual(new Uint8Array());
});

test("a body that never ends is not listened to once it is too large", async () => {
  let sent = 0;
  async function* endless() {
    for (;;) yield await Promise.resolve(new Uint8Array((sent += 1)));
  }
  expect(await readAtMost(endless(), 20)).toBeNull();
  expect(sent).toBe(6);
});
