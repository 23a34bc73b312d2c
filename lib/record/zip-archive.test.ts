import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { utf8 } from "#lib/log/digest";
import { zipArchive } from "./zip-archive";

const files = [
  { name: "manifest.json", bytes: utf8('{"a":1}') },
  { name: "records/Schlüssel-Zeremonie.txt", bytes: utf8("ä".repeat(70_000)) },
  { name: "empty", bytes: new Uint8Array() },
];

/** Python's zipfile is another's reading of the format: it checks every CRC. */
const READ = `
import sys, zipfile, hashlib, json
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, hashlib.sha256(z.read(i)).hexdigest(), i.flag_bits] for i in z.infolist()]))
`;

test("another program reads names and bytes as they were put in", async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-zip-"));
  try {
    writeFileSync(path.join(folder, "a.zip"), zipArchive(files));
    let said: string;
    try {
      said = execFileSync("python3", ["-c", READ, path.join(folder, "a.zip")], { encoding: "utf8" });
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === "ENOENT") return context.skip();
      throw fault;
    }
    const { sha256Hex } = await import("#lib/log/digest");
    expect(JSON.parse(said)).toEqual(files.map(({ name, bytes }) => [name, sha256Hex(bytes), 0x0800]));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the same files make the same bytes", () => {
  expect(zipArchive(files)).toEqual(zipArchive(files));
});

test.each(["../out", "/etc", "a//b", "a/./b", "a\\b", "", "a\u0000b"])("a name that would leave the folder is refused: %j", (name) => {
  expect(() => zipArchive([{ name, bytes: new Uint8Array() }])).toThrow(RangeError);
});
