import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inflateRawSync, inflateSync } from "node:zlib";
import { checkout, keepFolder } from "../cli/setup/checkout.mjs";
import { HALVES } from "./halves";
import { expect, test } from "./test";

/** Every file below a folder, except SoftHSM's own and the one that holds the PIN. */
const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => path.join(one.parentPath, one.name))
    : [];

/** The bytes of a file; of one that was only being written when it was listed, those of what it became. */
function readNow(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const became = file.replace(/(?:\.\d+)?\.new$/u, "");
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || became === file) throw error;
    return readFileSync(became);
  }
}

/** The bytes of a file, and those packed inside it: the members of a zip (traces), the streams of a PDF (records). */
function layersOf(file: string): Buffer[] {
  const bytes = readNow(file);
  if (bytes.subarray(0, 4).equals(Buffer.from("PK\x03\x04"))) return [bytes, ...zipMembers(bytes)];
  if (bytes.subarray(0, 5).toString() === "%PDF-") return [bytes, ...pdfStreams(bytes)];
  return [bytes];
}

/** PKWARE APPNOTE 4.3: from the end record to the central directory, and from there to every member. */
function zipMembers(zip: Buffer): Buffer[] {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06"));
  const members: Buffer[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(data, data + size);
    members.push(method === 8 ? inflateRawSync(packed) : packed);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return members;
}

function pdfStreams(pdf: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (let at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at + 7)) {
    try {
      streams.push(inflateSync(pdf.subarray(at + 7, pdf.indexOf("endstream", at)), { finishFlush: 2 }));
    } catch {
      // A stream that is not packed was looked at with the file.
    }
  }
  return streams;
}

test("the PIN of the token, and every half that was typed, is in no log, trace, screen's text or field, record, command line, page or row of the whole run", async ({
  people,
  house,
}) => {
  const { pin } = house.kept;
  const secrets = [pin, ...Object.values(HALVES).flatMap((halves) => [...halves, halves.join("")])];
  const spellings = secrets.flatMap((secret) => [
    secret,
    Buffer.from(secret).toString("hex"),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    Buffer.from(secret).toString("base64url"),
  ]);
  const holds = (bytes: Buffer): boolean => spellings.some((spelling) => bytes.includes(spelling));

  const pinFile = path.join(house.folder, "pin");
  expect(holds(readFileSync(pinFile)), "the search finds what is there").toBe(true);
  const here = filesBelow(house.folder).filter((file) => file !== pinFile && path.basename(file) !== "house.json");
  const files = [
    ...here,
    ...["e2e", "screenshots", "reports"].flatMap((name) => filesBelow(path.join(keepFolder, name))),
    ...filesBelow(path.join(checkout, ".next", "server")),
  ];
  const kinds = new Set(files.map((file) => path.extname(file)));
  for (const kind of [".log", ".png", ".txt", ".zip", ".pdf", ".pem"])
    expect(kinds, `there is something of the kind ${kind} to look into`).toContain(kind);
  expect(files.filter((file) => layersOf(file).some(holds))).toEqual([]);

  const tables = await house.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const rows = await house.query(
      `SELECT 1 FROM ${name} AS t WHERE ${spellings.map((_, i) => `position($${String(i + 1)} in t::text) > 0`).join(" OR ")}`,
      spellings,
    );
    expect([name, rows.length]).toEqual([name, 0]);
  }

  const administrator = await people.enter("administrator");
  for (const place of ["/", "/hsm", "/people", "/scripts", "/ceremonies", "/api/health", "/api/people", "/api/ceremonies"]) {
    const answer = await administrator.context.request.get(`${house.origin}${place}`);
    expect([place, answer.status(), holds(await answer.body())]).toEqual([place, 200, false]);
  }
});
