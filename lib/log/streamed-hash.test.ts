import { expect, it } from "vitest";
import { sha256Hex, utf8 } from "./digest";
import { StreamedHash } from "./streamed-hash";

it.each([1, 7, 64, 1000])("comes to the same hash in parts of %i bytes as at once", (size) => {
  const bytes = utf8("The film of the ceremony, all of it. ".repeat(50));
  const hash = new StreamedHash();
  for (let at = 0; at < bytes.length; at += size) hash.update(bytes.subarray(at, at + size));
  expect(hash.end()).toBe(sha256Hex(bytes));
});

it("hashes nothing to the hash of nothing (FIPS 180-4)", () => {
  expect(new StreamedHash().end()).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
