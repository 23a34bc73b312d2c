import { expect, test } from "vitest";
import { expectRefused } from "#lib/ceremony/refused.under-test";
import { smallBook } from "#lib/ceremony/small-book.under-test";
import { hashSignatures } from "#lib/ceremony/small-roster.under-test";
import { SmallWorld } from "#lib/ceremony/small-world.under-test";
import { canonical, parseCanonical, type Json } from "#lib/log/canonical";
import { sha256Hex, sha256, utf8 } from "#lib/log/digest";
import { evidenceOf } from "./ceremony-evidence";

const RECORDER = new Set([sha256Hex(sha256(utf8("recorder")))]);

async function played() {
  const world = await new SmallWorld().playTo("sign");
  return world.transcript;
}

test("[KEY-RECORDED] accepts outcomes that a trusted recorder signed, each with who approved it and where it stands", async () => {
  const transcript = await played();
  const evidence = await evidenceOf(hashSignatures, smallBook, transcript, RECORDER);
  expect(evidence).toMatchObject({ ok: true, value: { ceremony: "c-1", mode: "production" } });
  if (!evidence.ok || !evidence.value) throw new Error("no evidence");
  const made = evidence.value.outcomes.filter(({ request }) => request.operation === "make");
  expect(made.map(({ request, approvedBy }) => [request["label"], approvedBy])).toEqual([
    ["one", ["carl", "cleo"]],
    ["two", ["carl", "cleo"]],
  ]);
  for (const { ref } of made) expect(sha256Hex(transcript[ref.seq] ?? new Uint8Array())).toBe(ref.entry);
});
test("[KEY-RECORDED] refuses the outcomes of a recorder that nobody named", async () => {
  await expectRefused(evidenceOf(hashSignatures, smallBook, await played(), new Set(["00".repeat(32)])), "KEY-RECORDED");
  expect(await evidenceOf(hashSignatures, smallBook, await played(), "any")).toMatchObject({ ok: true });
});
test("a transcript in which one byte of an outcome is another is no evidence of anything", async () => {
  const transcript = (await played()).map((bytes) => {
    const entry = parseCanonical(bytes) as { readonly [member: string]: Json };
    return entry["kind"] === "operation-done" ? canonical({ ...entry, at: "2026-11-22T23:00:00.000Z" }) : bytes;
  });
  expect(await evidenceOf(hashSignatures, smallBook, transcript, "any")).toMatchObject({ ok: false });
});
test("no entries are no evidence", async () => {
  expect(await evidenceOf(hashSignatures, smallBook, [], RECORDER)).toEqual({ ok: true, value: null });
});
