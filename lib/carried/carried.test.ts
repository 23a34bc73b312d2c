import { describe, expect, test } from "vitest";
import { dutiesToAccept, endorsementFor, endorsementHash, scriptToEndorse, type EndorsementStatement } from "#lib/ceremony/endorsement";
import { signInChallenge } from "#lib/ceremony/sign-in-challenge";
import { ENDORSED_AT, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { worldIn } from "#lib/ceremony/small-world.under-test";
import { statementHash, type Statement } from "#lib/ceremony/statement";
import { canonical, canonicalText, hashOf, type Json } from "#lib/log/canonical";
import { commit } from "#lib/log/commitment";
import { hex, utf8 } from "#lib/log/digest";
import { packed, unpacked, type Carried, type CarriedStatement } from "./carried";
import { PartCollector } from "./code-parts";
import { deflated, inflated } from "./deflate";
import { readCarried } from "./read-carried";

const KEY = { operation: "generate-key-pair", label: "one", algorithm: "RSA-4096", usage: ["sign"], extractable: false };

/** What carl and cleo are asked to approve, carried in one. */
async function approval(change: Partial<Statement> = {}): Promise<{ carried: CarriedStatement; whole: Statement; at: string }> {
  const there = await worldIn("make");
  const whole = { ...there.decide("carl"), what: [KEY], whatHash: hashOf([KEY]), ...change } as Statement;
  const { person: _, role: __, ...statement } = whole;
  const signers = [
    { person: "carl", role: "custodian", name: "Carl Maurer" },
    { person: "cleo", role: "custodian", name: "Cleo Sand" },
  ] as const;
  return { carried: { v: "claviger/carried/v1", kind: "statement", statement, signers: [...signers], remark: null }, whole, at: there.now.head.at };
}

const reading = (carried: CarriedStatement, at: string) => {
  const read = readCarried(carried, at);
  if (read.kind !== "statement") throw new Error("no statement");
  return read;
};

async function throughCodes(carried: Carried): Promise<Carried | null> {
  const collector = new PartCollector();
  const last = [...(await packed(carried))].reverse().map((part) => collector.take(part)).at(-1);
  return last?.state === "whole" ? unpacked(last.bytes) : null;
}

describe("what is carried", () => {
  test("comes out of the codes as it went in", async () => {
    const { carried } = await approval();
    expect(await throughCodes(carried)).toEqual(carried);
    const signIn: Carried = { v: "claviger/carried/v1", kind: "sign-in", nonce: "ab".repeat(32) };
    expect(await throughCodes(signIn)).toEqual(signIn);
  });

  test("is not read unless it is canonical and of a kind that is known", async () => {
    const { carried } = await approval();
    const bytes = (text: string) => deflated(utf8(text));
    expect(await unpacked(await bytes(JSON.stringify(carried, null, 1)))).toBeNull();
    expect(await unpacked(await bytes(canonicalText({ ...carried, more: 1 } as unknown as Json)))).toBeNull();
    expect(await unpacked(await bytes(canonicalText({ v: "claviger/carried/v1", kind: "other" })))).toBeNull();
    expect(await unpacked(utf8("no deflate at all"))).toBeNull();
  });

  test("what unfolds to more than 64 KiB is refused", async () => {
    expect(await inflated(await deflated(new Uint8Array(64 * 1024)))).toHaveLength(64 * 1024);
    expect(await inflated(await deflated(new Uint8Array(64 * 1024 + 1)))).toBeNull();
    expect(await inflated(await deflated(new Uint8Array(50_000_000)))).toBeNull();
  });
});

describe("a statement on the second screen", () => {
  test("what you see is what you sign: each person's text hashes to the challenge that their passkey signs", async () => {
    const { carried, whole, at } = await approval();
    const [carl, cleo] = reading(carried, at).signers;
    expect(carl).toMatchObject({ name: "Carl Maurer", hash: statementHash(whole), text: canonicalText(whole as unknown as Json) });
    expect(hashOf(JSON.parse(cleo?.text ?? "") as Json)).toBe(cleo?.hash);
    expect(cleo?.hash).toBe(statementHash({ ...whole, person: "cleo" }));
    expect(reading(carried, at).doubts).toEqual([]);
  });

  test("the sentence is made of the carried bytes, so that another key is another sentence and another hash", async () => {
    const [honest, forged] = [await approval(), await approval({ what: [{ ...KEY, extractable: true }] })];
    const [one, other] = [reading(honest.carried, honest.at), reading(forged.carried, forged.at)];
    expect(one.operations[0]?.sentence).toContain("RSA-4096");
    expect(other.operations[0]?.sentence).not.toBe(one.operations[0]?.sentence);
    expect(other.signers[0]?.hash).not.toBe(one.signers[0]?.hash);
    expect(other.doubts).toEqual(["what-hash"]);
  });

  test.each<[string, Partial<Statement>, string]>([
    ["operations that its hash does not cover", { what: [] }, "what-hash"],
    ["an operation that this program does not know", { what: [{ operation: "melt" }], whatHash: hashOf([{ operation: "melt" }]) }, "operation-unknown"],
    ["a remark that did not come along", { remark: commit({ path: "x", salt: "00".repeat(16), value: "x" }) }, "remark-differs"],
    ["an agreement that has expired", { expires: "2020-01-01T00:00:00.000Z" }, "expired"],
    ["an agreement that is asked for in reserve", { expires: "2026-11-23T10:00:00.000Z" }, "reserved"],
    ["one that is said to be good for a time that is none", { expires: "2026-13-01T00:00:00.000Z" }, "reserved"],
  ])("says so of %s", async (_what, change, doubt) => {
    const { carried, at } = await approval(change);
    expect(reading(carried, at).doubts).toEqual([doubt]);
  });

  test("a remark is shown only where the statement's commitment opens to it", async () => {
    const remark = { path: "step-refused/make/remark", salt: "11".repeat(16), value: "Wrong label." };
    const { carried, at } = await approval({ act: "refuse", remark: commit(remark) });
    expect(reading({ ...carried, remark }, at)).toMatchObject({ remark: "Wrong label.", doubts: [] });
    expect(reading({ ...carried, remark: { ...remark, value: "I agree." } }, at).doubts).toEqual(["remark-differs"]);
  });
});

test("a sign-in is shown as one, with the challenge that its random number makes, which is no hash of a statement", () => {
  const nonce = "0f".repeat(32);
  const read = readCarried({ v: "claviger/carried/v1", kind: "sign-in", nonce }, "2026-01-01T00:00:00.000Z");
  expect(read).toEqual({ kind: "sign-in", hash: hex(signInChallenge(nonce)) });
});

describe("what is signed outside of a room", () => {
  const SAYS = "I keep my passkey to myself.";
  const script = endorsementFor(scriptToEndorse(smallScript), smallRoster, "carl", ENDORSED_AT);
  const duties = endorsementFor(dutiesToAccept(SAYS), smallRoster, "carl", ENDORSED_AT);
  const carry = (statement: EndorsementStatement) => ({ v: "claviger/carried/v1", kind: "endorsement", statement }) as const;

  test("comes through the codes, and is read with the hash that the passkey signs", async () => {
    for (const statement of [script, duties]) {
      const carried = await throughCodes(carry(statement));
      expect(carried && readCarried(carried, ENDORSED_AT)).toMatchObject({ kind: "endorsement", statement, hash: endorsementHash(statement), doubts: [] });
    }
  });

  test.each<[string, EndorsementStatement, string, string]>([
    ["duties under the hash of other words", { ...duties, says: "I lend my passkey to everybody." } as EndorsementStatement, ENDORSED_AT, "duties-hash"],
    ["a date that is not now", script, "2026-11-21T09:00:00.000Z", "not-now"],
  ])("says so of %s", (_what, statement, now, doubt) => {
    expect(readCarried(carry(statement), now)).toMatchObject({ doubts: [doubt] });
  });
});

test("a statement of the usual length takes no more than six codes", async () => {
  const { carried } = await approval();
  expect(canonical(carried as unknown as Json).length).toBeGreaterThan(800);
  expect((await packed(carried)).length).toBeLessThanOrEqual(6);
});
