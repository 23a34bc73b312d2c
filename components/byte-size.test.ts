import { expect, it } from "vitest";
import { byteSize } from "./byte-size";

it.each([
  [1, "1 byte", "1 Byte"],
  [999, "999 bytes", "999 Byte"],
  [1_000, "1.00 kB", "1,00 kB"],
  [4_120_000, "4.12 MB", "4,12 MB"],
  [3_221_225_472, "3.22 GB", "3,22 GB"],
  [42_000_000_000_000, "42.0 TB", "42,0 TB"],
])("says %i as %s, and in German as %s", (bytes, english, german) => {
  const plain = (text: string) => text.replaceAll(/\s/g, " ");
  expect([byteSize(bytes, "en"), byteSize(bytes, "de")].map(plain)).toEqual([english, german]);
});
