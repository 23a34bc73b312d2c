import { expect, test } from "vitest";
import { wordsIn } from "#lib/words/words";
import { usesHead, usesLines } from "./uses-csv";

test("each use is a line under its columns' names, and what is not known is empty", () => {
  const use = {
    ...{ at: "2026-11-23T10:00:00.000Z", account: "billing", key: null, operation: "sign", algorithm: null, digest: null },
    ...{ result: "GRANT-SCOPE", times: 3, micros: 40, grant: "=1+1", use: "u", process: "one" },
  };
  const columns = usesHead(wordsIn("en").of("accounts")).trimEnd().split(",");
  const line = usesLines([use, use]).trimEnd().split("\r\n");
  expect(line).toHaveLength(2);
  expect(line[0]).toBe(`"2026-11-23T10:00:00.000Z","billing","","sign","","","GRANT-SCOPE","3","40","'=1+1","u","one"`);
  expect(columns).toHaveLength(12);
  expect(columns[7]).toBe('"how many times"');
});
