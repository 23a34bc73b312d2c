import { expect, it } from "vitest";
import { byteSize } from "./byte-size";

it.each([
  [1, "1 bytes"],
  [999, "999 bytes"],
  [1_000, "1.00 kB"],
  [4_120_000, "4.12 MB"],
  [3_221_225_472, "3.22 GB"],
  [42_000_000_000_000, "42.0 TB"],
])("says %i as %s", (bytes, said) => {
  expect(byteSize(bytes)).toBe(said);
});
