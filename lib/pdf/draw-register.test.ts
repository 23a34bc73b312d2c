import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "#lib/register/evidence.under-test";
import type { Finding } from "#lib/register/findings";
import { drawRegister, type RegisterPrint } from "./draw-register";
import { printedText } from "#lib/record/printed-text";
import { readPdf } from "#lib/record/read-pdf";

const TOLD = { tokens: ["s-1"], record: "ab".repeat(32), attestation: "none: this kind of module makes none" };
const FINDING: Finding = {
  ...{ finding: "f", token: "s-9", at: dayAt(3), listing: "l", gone: null, explained: null },
  difference: { kind: "changed-attribute", object: "private-key stranger", key: null, changes: [{ name: "EXTRACTABLE", was: "false", is: "true" }] },
};
const PRINT: Omit<RegisterPrint, "register" | "keys"> = {
  findings: [{ finding: FINDING, says: null }],
  nameOf: (person) => person.toUpperCase(),
  textOf: () => "the old one ends",
  hash: "ab".repeat(32),
  organisation: "Example",
  printed: new Date("2026-11-23T09:00:00.000Z"),
};

test("the register is drawn, the same twice, whatever others wrote into a label", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const register = recorded.register();
  const keys = register.keys.map((key) => ({ key: { ...key, label: `${key.label} \u{1F480}` }, owner: "Payments", purpose: null, ...TOLD }));
  const print: RegisterPrint = { ...PRINT, register, keys };
  const [first, second] = await Promise.all([drawRegister(print), drawRegister(print)]);
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  expect(() => readPdf(first)).not.toThrow();
});

test("what the register says of a key stands on paper, with its history, its reasons and what was found", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const before = recorded.key(EXAMPLE_PAIR.label);
  const active = await endorsed(changeOf(before, "active", 1, { facts: { cryptoperiodDays: 90, processingDays: 30 } }));
  const register = recorded.register([active], 3);
  const keys = register.keys.map((key) => ({ key: { ...key, checkValue: "c0ffee" }, owner: "Payments", purpose: "tokens of the shop", ...TOLD }));
  const pages = await printedText(readPdf(await drawRegister({ ...PRINT, register, keys })), (bytes) => Promise.resolve(new Uint8Array(inflateSync(bytes))));
  const text = pages.join(" ").replaceAll(/\s+/g, "");
  for (const said of [
    ...["Payments", "tokens of the shop", "90 days", "30 days"],
    ...["Active since", "Check value", "c0ffee", "Key attestation", "this kind of module makes none", "SHA-256 of the record"],
    ...["SHA-256 of the recorder's public key", "SHA-256 of a file named as evidence", "cannot be taken out", "can sign", "CKA_ID"],
    ...["made,", "ceremony c-1, entry 20, approved by CARL, CLEO", "pre-activation to active, signed by CARL, CLEO", "Reason: the old one ends"],
    ...["token s-9", "changed-attribute", "EXTRACTABLE: false, now true; open"],
  ]) {
    expect(text, said).toContain(said.replaceAll(" ", ""));
  }
});
