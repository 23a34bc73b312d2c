import { beforeAll, describe, expect, test } from "vitest";
import { sha256, sha256Hex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { redrawRecord } from "#lib/pdf/redraw-record";
import { ASSUMPTIONS } from "./assumptions";
import { CONCLUSIONS, conclusionsFrom } from "./conclusions";
import { readFingerprint } from "./fingerprint";
import { SealedRecord } from "./sealed-record.under-test";
import { broughtBySeal } from "./trusted-recorder";
import type { Verification } from "./verify-record";

let us: SealedRecord;
let good: Verification;
beforeAll(async () => {
  us = await SealedRecord.make();
  good = await us.verify(us.pdf, { redraw: redrawRecord() });
}, 120_000);

const holding = ({ conclusions }: Verification) => conclusions.filter(({ holds }) => holds).map(({ name }) => name);

describe("what follows, and what it rests on", () => {
  test("of a good record everything follows but what no log was shown for", () => {
    expect(good.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(good.verdict).toBe("good");
    expect(holding(good)).toEqual(CONCLUSIONS.filter((name) => !["authenticators", "stamped-when", "in-log", "log-not-forked"].includes(name)));
    expect(good.conclusions.filter(({ holds }) => holds === null).map(({ name }) => name)).toEqual(["authenticators", "stamped-when", "in-log", "log-not-forked"]);
  });

  test("where the pages were not drawn again nothing follows of them, and the verdict says what was not examined", async () => {
    const here = await us.verify(us.pdf);
    expect(here.verdict).toBe("good");
    expect(here.conclusions.find(({ name }) => name === "pages-tell")).toMatchObject({ holds: null, checks: [] });
    expect(here.limits).toEqual(here.checks.flatMap(({ name, reason }) => (name === "pages" ? [reason] : [])));
  });

  test("the one anchor is the recorder that was brought, and no conclusion rests on another", () => {
    expect(good.anchors).toEqual([{ kind: "recorder", name: null, sha256: sha256Hex(us.certificate), brought: "whole" }]);
    const rest = good.conclusions.filter(({ holds }) => holds).map(({ name, restsOn }) => [name, ...restsOn].join(" "));
    expect(rest).toContain("by-the-rules");
    expect(rest).toContain("sealed-when recorder");
  });

  test("the time of the seal rests on the authority, and not on the signer, where a trusted one stamped it", () => {
    const checks = [{ name: "timestamp", ok: true, reason: "" }, { name: "sealed-after-closing", ok: true, reason: "" }];
    const when = (seal: string[]) => conclusionsFrom(checks, { seal, entries: [] }).find(({ name }) => name === "sealed-when");
    expect(when(["aa"])).toMatchObject({ holds: true, restsOn: ["time-stamp-authority"], authorities: ["aa"] });
    expect(when([])).toMatchObject({ holds: true, restsOn: ["recorder"], authorities: [] });
  });

  test("the times of entries are nobody's word unless an authority that is trusted stamped each of them", () => {
    const when = (ok: boolean, entries: string[]) =>
      conclusionsFrom([{ name: "entry-stamps", ok, reason: "" }], { seal: [], entries }).find(({ name }) => name === "stamped-when")?.holds;
    expect([when(true, ["aa"]), when(true, []), when(false, [])]).toEqual([true, null, false]);
  });

  test("every check that is made is the ground of a conclusion, and every assumption named is one that the record prints", () => {
    const grounds = new Set(good.conclusions.flatMap(({ checks }) => checks));
    expect(good.checks.map(({ name }) => name).filter((name) => !grounds.has(name))).toEqual(["log-proof"]);
    const printed = ASSUMPTIONS.map(({ id }) => id);
    expect(good.conclusions.flatMap(({ assumes }) => assumes).filter((id) => !printed.includes(id))).toEqual([]);
  });

  test("nothing follows from a check that failed, or that was not made", async () => {
    expect(holding(await us.verify(us.pdf.subarray(0, -1)))).toEqual([]);
    const cut = await us.verify(await us.sealed({ entries: us.transcript.entries.slice(0, -1) }));
    expect(holding(cut)).toEqual(["unaltered", "people-agreed", "of-its-kind", "by-the-rules", "token-did"]);
  });

  test("who waits hears each check as it is decided, and how many entries are", async () => {
    const [told, counts]: [string[], string[]] = [[], []];
    const progress = { told: ({ name }: { name: string }) => void told.push(name), decided: (n: number, of: number) => void counts.push(`${String(n)}/${String(of)}`) };
    const { checks } = await us.verify(us.pdf, { progress });
    expect(told).toEqual(checks.map(({ name }) => name));
    const all = String(us.transcript.entries.length);
    expect(counts.at(-1)).toBe(`${all}/${all}`);
  });
});

describe("the recorder known by its fingerprint alone", () => {
  const verifyBy = (fingerprint: string, pdf = us.pdf) => us.verify(pdf, { redraw: redrawRecord() }, { sha256: fingerprint });

  test("is as good as its certificate, and the verdict says that only the fingerprint was brought", async () => {
    const verified = await verifyBy(sha256Hex(us.certificate));
    expect(verified.verdict).toBe("good");
    expect({ ...verified, anchors: [] }).toEqual({ ...good, anchors: [] });
    expect(verified.anchors).toMatchObject([{ kind: "recorder", brought: "fingerprint" }]);
  });

  test("which no certificate in the seal has: bad, by trust-anchor, and nothing else is looked at", async () => {
    const other = await SealedRecord.make();
    for (const [fingerprint, pdf] of [["ab".repeat(32), us.pdf], [sha256Hex(us.certificate), other.pdf], [sha256Hex(us.certificate), new Uint8Array(9)]] as const) {
      const { verdict, checks } = await verifyBy(fingerprint, pdf);
      expect([verdict, ...checks.map(({ name }) => name)]).toEqual(["bad", "trust-anchor"]);
    }
  });

  test("of the record-signing certificate, which is no authority: bad", async () => {
    const { signer } = us;
    expect(broughtBySeal(us.pdf)?.signer.der).toEqual(signer.certificate);
    expect((await verifyBy(sha256Hex(signer.certificate))).verdict).toBe("bad");
  });

  test("typed as digits or as words, as it stands in the minutes", () => {
    const hash = sha256Hex(us.certificate);
    const groups = hash.toUpperCase().match(/.{4}/g)?.join(" ") ?? "";
    const words = hashWords(sha256(us.certificate));
    expect([groups, hash.match(/../g)?.join(":"), words.join(" "), words.join("\n").toUpperCase()].map((typed) => readFingerprint(typed ?? ""))).toEqual(Array(4).fill(hash));
    const swapped = [words[1], words[0], ...words.slice(2)].join(" ");
    for (const typed of ["", hash.slice(1), `${hash}00`, words.slice(1).join(" "), words.slice(0, 20).join(" "), swapped]) expect(readFingerprint(typed)).toBeNull();
  });
});
