import { deflateRawSync, deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { inflate } from "./inflate";

test("gives back what was compressed", async () => {
  const bytes = new Uint8Array(100_000).map((_, i) => i % 251);
  expect(await inflate(deflateSync(bytes))).toEqual(bytes);
  expect(await inflate(deflateSync(new Uint8Array()))).toEqual(new Uint8Array());
});

test("rejects what is not zlib, what is cut short and what has something behind it", async () => {
  const packed = deflateSync(new Uint8Array(1000));
  await expect(inflate(deflateRawSync(new Uint8Array(1000)))).rejects.toThrow();
  await expect(inflate(packed.subarray(0, packed.length - 2))).rejects.toThrow();
  await expect(inflate(new Uint8Array([...packed, 0]))).rejects.toThrow();
});
