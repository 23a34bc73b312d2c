import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rebuilt, replaceIn } from "#lib/pdf/forgery.under-test";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { drawnSample, sealer } from "#lib/pdf/sealing.under-test";
import { toPem } from "#lib/x509/pem";
import { printable, printableJson } from "./printable";
import { verifyCommand } from "./verify";

let folder: string;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-verify-"));
  said = "";
  vi.spyOn(console, "log").mockImplementation((text: string) => {
    said += `${text}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test.each([["words", []], ["JSON", ["--json"]]])("a file that would print its own verdict on the terminal prints nothing but text, in %s", async (_, options) => {
  const us = await sealer();
  const file = await sealPdf(await drawnSample(), { signer: us.signer });
  // The name of a key that does not belong is told in the reason; #1b is ESC, #9b CSI in one byte, and /G would be a line of its own.
  const loud = rebuilt(file, (objects) => replaceIn(objects, "/Type /Sig\n", (text) => text.replace("/Type /Sig", "/Type /Sig\n/#1b#5b2J#1b#5bH#0aGOOD:#20every#20check#20holds.#9b8m 1")));
  writeFileSync(path.join(folder, "record.pdf"), loud);
  writeFileSync(path.join(folder, "anchor.pem"), toPem("CERTIFICATE", us.recorder.certificate));
  expect(await verifyCommand([path.join(folder, "record.pdf"), "--trust", path.join(folder, "anchor.pem"), ...options])).toBe(1);
  expect(said).toContain("GOOD");
  expect(said).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(said).not.toMatch(/^GOOD/m);
});

test("names in any script stay as they are, and what is shown as a number can be read back from JSON", () => {
  for (const name of ["Zoë Müller", "张伟", "می‌خواهم", "Владимир", "José 🔑"]) expect(printable(name)).toBe(name);
  expect(printable("a\u202eb\u001b[0m\n")).toBe("a\\u{202e}b\\u{1b}[0m\\u{a}");
  const value = { title: "a\u202eb\u009b\u{e0041}" };
  expect(JSON.parse(printableJson(value))).toEqual(value);
});
