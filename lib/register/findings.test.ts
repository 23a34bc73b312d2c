import { describe, expect, test } from "vitest";
import { hashSignatures } from "#lib/ceremony/small-roster.under-test";
import { hex, sha256, sha256Hex, utf8 } from "#lib/log/digest";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import type { ObjectReading } from "#lib/token/attributes";
import { compareToken, type Difference } from "./compare-token";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "./evidence.under-test";
import { findingsFrom, listingBytes, readListing, signedListing, silentTokens } from "./findings";
import type { TokenListing } from "./verified-listing";

const { label } = EXAMPLE_PAIR;

async function house() {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const token = recorded.performed.memory.serial;
  const objects = [...(await recorded.performed.token.listObjects())];
  const compared = (there: readonly ObjectReading[], day = 1) => compareToken(there, recorded.register([], day), token, []);
  return { recorded, token, objects, compared };
}
const kinds = (differences: readonly Difference[]) => differences.map(({ kind }) => kind);
const bent = (objects: readonly ObjectReading[], which: ObjectReading["objectClass"], change: object): ObjectReading[] =>
  objects.map((one) => (one.objectClass === which && one.label === label ? { ...one, ...change } : one));

describe("a token against the register", () => {
  test("is as the outcomes made it", async () => {
    const { objects, compared } = await house();
    expect(compared(objects)).toEqual([]);
    expect(compared([...objects].reverse())).toEqual([]);
  });
  test("holds an object that nobody accounts for", async () => {
    const { objects, compared } = await house();
    const stray = { ...objects[0]!, label: "stray", id: new Uint8Array([7]), spkiSha256: null };
    expect(compared([...objects, stray])).toMatchObject([{ kind: "unknown-object", key: null, object: expect.stringContaining("stray 07") as string }]);
  });
  test("lacks an object", async () => {
    const { recorded, objects, compared } = await house();
    const found = compared(objects.filter(({ objectClass }) => objectClass !== "private-key"));
    expect(found).toMatchObject([{ kind: "missing-object", key: recorded.key(label).key }]);
  });
  test("reads an attribute otherwise", async () => {
    const { objects, compared } = await house();
    const private_ = objects.find(({ objectClass }) => objectClass === "private-key")!;
    const open = bent(objects, "private-key", { attributes: { ...private_.attributes, EXTRACTABLE: "not offered" } });
    expect(compared(open)).toMatchObject([{ kind: "changed-attribute", changes: [{ name: "EXTRACTABLE", is: "not offered" }] }]);
  });
  test("has a key under another label, or under another id", async () => {
    const { objects, compared } = await house();
    for (const which of ["private-key", "public-key"] as const) {
      expect(compared(bent(objects, which, { label: "moved" }))).toMatchObject([{ kind: "label-moved", changes: [{ name: "label", was: label, is: "moved" }] }]);
      expect(kinds(compared(bent(objects, which, { id: new Uint8Array([1]) })))).toEqual(["label-moved"]);
    }
  });
  test("has another public key under the same label and id: one is missing, the other unknown", async () => {
    const { objects, compared } = await house();
    expect(kinds(compared(bent(objects, "public-key", { spkiSha256: "00".repeat(32) })))).toEqual(["missing-object", "unknown-object"]);
  });
  test("holds the worker's own keys, and no third object under their ids", async () => {
    const { recorded, token, objects } = await house();
    const own = [{ id: new Uint8Array([9]), spkiSha256: "aa".repeat(32) }];
    const halves = objects
      .filter((one) => one.label === label)
      .map((one) => ({ ...one, label: "claviger-recorder", id: own[0]!.id, spkiSha256: one.spkiSha256 && own[0]!.spkiSha256 }));
    const compared = (there: readonly ObjectReading[]) => kinds(compareToken(there, recorded.register(), token, own));
    expect(compared([...objects, ...halves])).toEqual([]);
    expect(compared([...objects, ...halves, halves[0]!])).toEqual(["unknown-object"]);
    expect(compared([...objects, ...halves.map((one) => ({ ...one, spkiSha256: one.spkiSha256 && "bb".repeat(32) }))])).toEqual(["unknown-object"]);
  });
  test("has a key again that was destroyed: a pair and a secret key, unaccounted for, and also once a ceremony found it there", async () => {
    const { recorded, token, objects } = await house();
    const identified = new RecordedCeremonies();
    Object.assign(identified.performed, { memory: recorded.performed.memory, token: recorded.performed.token });
    const [pair, secret] = [{ label, kind: "key-pair" }, { label: EXAMPLE_AES.label, kind: "secret-key" }];
    const identify = [pair, secret].map((one, i) => ({ operation: "identify-key", ...one, algorithm: [EXAMPLE_PAIR, EXAMPLE_AES][i]!.algorithm }));
    const found = await identified.hold("c-3", 5, { operation: "list-keys" }, ...identify);
    for (const { label: of, kind } of [pair, secret])
      await recorded.hold(`c-${of}`, 2, { operation: "condemn-key", label: of, key: kind }, { operation: "destroy-key", label: of, key: kind });

    const compared = () => compareToken(objects, recorded.register(), token, []).map(({ kind, key }) => `${kind} ${String(key)}`);
    const [one, other] = [recorded.key(label).key, recorded.key(EXAMPLE_AES.label).key];
    const back = [one, one, other].map((key) => `back-from-destroyed ${key}`).sort();
    expect(compared().sort()).toEqual(back);
    recorded.evidence.push(found);
    expect(recorded.register().keys.map(({ state, places }) => [state, places.length])).toEqual([["destroyed", 2], ["destroyed", 2]]);
    expect(compared().sort()).toEqual(back);
  });
  test("has a secret key of another value under the same name; where nothing is said of its value, nothing is compared", async () => {
    const { recorded, token, objects } = await house();
    await recorded.hold("c-2", 1, { operation: "condemn-key", label: EXAMPLE_AES.label, key: "secret-key" });
    const { key, checkValue, places } = recorded.key(EXAMPLE_AES.label);
    const of = (...said: [string, string][]) => compareToken(objects, recorded.register([], 2), token, [], new Map(said));
    const ckaId = places[0]!.ckaId;
    expect(of()).toEqual([]);
    expect(of([ckaId, checkValue!])).toEqual([]);
    const changes = [{ name: "check value", was: checkValue, is: "0a0b0c" }];
    expect(of([ckaId, "0a0b0c"])).toMatchObject([{ kind: "changed-attribute", key, changes }]);
  });
  test("still has an active key whose time is over", async () => {
    const { recorded, token, objects } = await house();
    const active = await endorsed(changeOf(recorded.key(label), "active", 1, { facts: { cryptoperiodDays: 90 } }));
    const on = (day: number) => kinds(compareToken(objects, recorded.register([active], day), token, []));
    expect(on(90)).toEqual([]);
    expect(on(91)).toEqual(["lapsed"]);
  });
});

const SPKI = sha256(utf8("recorder"));
const OWN = () => sha256Hex(SPKI);
const difference: Difference = { kind: "unknown-object", object: "data x 01", key: null, changes: [] };
function listed(day: number, ...differences: Difference[]): { hash: string; listing: TokenListing } {
  const listing: TokenListing = {
    v: "claviger/token-listing/v1",
    mode: "production",
    token: "s-1",
    recorder: sha256Hex(SPKI),
    at: dayAt(day),
    prev: null,
    objects: 3,
    differences,
  };
  return { hash: sha256Hex(signedListing(listing, new Uint8Array([day]))), listing };
}

describe("a finding", () => {
  test("opens with the listing that first has it, and is one as long as it stays", () => {
    const [one, ...more] = findingsFrom([listed(1), listed(3, difference), listed(2, difference)], []);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ at: dayAt(2), gone: null, explained: null, difference });
  });
  test("is one still when what was found has gone, and another when it comes back", () => {
    const found = findingsFrom([listed(1, difference), listed(2), listed(3, difference)], []);
    expect(found).toMatchObject([{ at: dayAt(3), gone: null }, { at: dayAt(1), gone: dayAt(2) }]);
    expect(new Set(found.map(({ finding }) => finding)).size).toBe(2);
  });
  test("is still there when another recorder says that the token is clean", () => {
    const { listing } = listed(2);
    const planted = { hash: "5b".repeat(32), listing: { ...listing, recorder: "77".repeat(32) } };
    expect(findingsFrom([listed(1, difference), planted, listed(3, difference)], [])).toMatchObject([{ at: dayAt(1), gone: null }]);
  });
  test("is closed by an explanation of it, and of no other", () => {
    const [one] = findingsFrom([listed(1, difference)], []);
    const explained = (finding: string) => ({ explanation: { finding } }) as unknown as Parameters<typeof findingsFrom>[1][number];
    expect(findingsFrom([listed(1, difference)], [explained(one!.finding)])[0]?.explained).not.toBeNull();
    expect(findingsFrom([listed(1, difference)], [explained("00".repeat(32))])[0]?.explained).toBeNull();
  });
});

test("a listing counts with its recorder's signature over every byte of it, and with no other", async () => {
  const { listing } = listed(1, difference);
  const signature = sha256(utf8(`${hex(SPKI)}/${hex(listingBytes(listing))}`));
  const bytes = signedListing(listing, signature);
  expect(await readListing(hashSignatures, SPKI, bytes)).toEqual({ hash: sha256Hex(bytes), listing });
  expect(await readListing(hashSignatures, sha256(utf8("another")), bytes)).toBeNull();
  expect(await readListing(hashSignatures, SPKI, signedListing({ ...listing, differences: [] }, signature))).toBeNull();
  expect(await readListing(hashSignatures, SPKI, utf8("{}"))).toBeNull();
});

describe("listings follow one another as they say, whatever their times", () => {
  const chained = (...each: readonly (readonly [day: number, ...Difference[]])[]) =>
    each.reduce<{ hash: string; listing: TokenListing }[]>((before, [day, ...differences]) => {
      const listing: TokenListing = { ...listed(day, ...differences).listing, prev: before.at(-1)?.hash ?? null };
      return [...before, { hash: sha256Hex(signedListing(listing, new Uint8Array([before.length]))), listing }];
    }, []);

  test.each([
    ["of one time", 5, 5, 5],
    ["with a clock that went back", 5, 4, 3],
  ])("%s: the difference went with the last, in whatever order they are read", (_, ...[first, second, third]) => {
    const listings = chained([first], [second, difference], [third]);
    for (const order of [listings, [...listings].reverse(), [listings[1]!, listings[0]!, listings[2]!]]) {
      expect(findingsFrom(order, [])).toMatchObject([{ listing: listings[1]!.hash, at: dayAt(second), gone: dayAt(third) }]);
    }
  });

  test("a listing that was signed while the clock was ahead keeps no token from being silent", async () => {
    const { recorded, token } = await house();
    const here = (days: readonly number[]) => chained(...days.map((day) => [day] as const)).map((one) => ({ ...one, listing: { ...one.listing, token } }));
    expect(silentTokens(recorded.register([], 9), here([1, 100, 2]), OWN)).toMatchObject([{ token, listedAt: dayAt(2) }]);
    expect(silentTokens(recorded.register([], 9), here([1, 100, 9]), OWN)).toEqual([]);
  });
});

describe("a token of which no listing tells", () => {
  const quiet = async (hours: number, minutes: number | undefined, ...on: string[]) => {
    const { recorded, token } = await house();
    const listings = on.map((at) => ({ hash: "5b".repeat(32), listing: { ...listed(0).listing, token, at, ...(minutes && { minutes }) } }));
    return silentTokens(recorded.register([], hours / 24), listings, OWN).map(({ listedAt, due }) => [listedAt, due]);
  };
  test("is silent after a day and two of the intervals that its last listing says", async () => {
    expect(await quiet(24 + 48 + 8, 240, dayAt(1), dayAt(2))).toEqual([]);
    expect(await quiet(24 + 48 + 8 + 0.1, 240, dayAt(1), dayAt(2))).toEqual([[dayAt(2), dayAt(3, 480)]]);
    expect(await quiet(24 + 24 + 2, undefined, dayAt(1))).toEqual([]);
    expect(await quiet(24 + 24 + 2.1, undefined, dayAt(1))).toEqual([[dayAt(1), dayAt(2, 120)]]);
  });
  test("is silent also where it was never listed, reckoned from its first key", async () => {
    expect(await quiet(25, 60)).toEqual([]);
    expect(await quiet(27, 60)).toEqual([[null, dayAt(1, 120)]]);
  });
  test("and is not asked for once no key stands on it", async () => {
    const { recorded } = await house();
    const gone = recorded.register([], 5).keys.map((key) => ({ ...key, places: key.places.map((place) => ({ ...place, gone: place.since })) }));
    expect(silentTokens({ ...recorded.register([], 5), keys: gone }, [], OWN)).toEqual([]);
  });
  test("is silent however often a recorder compares it that none of its keys comes from", async () => {
    const { recorded, token } = await house();
    const fresh = { hash: "5b".repeat(32), listing: { ...listed(4).listing, token } };
    expect(silentTokens(recorded.register([], 4), [fresh], OWN)).toEqual([]);
    const alien = { ...fresh, listing: { ...fresh.listing, recorder: "77".repeat(32) } };
    expect(silentTokens(recorded.register([], 4), [alien], OWN)).toMatchObject([{ token, listedAt: null }]);
    expect(silentTokens(recorded.register([], 4), [alien], (ceremony) => (ceremony === "c-1" ? "77".repeat(32) : null))).toEqual([]);
  });
});
