import { expect, test } from "vitest";
import { brokenListings } from "./broken-listings";
import { dayAt } from "./evidence.under-test";
import type { VerifiedListing } from "./verified-listing";

const listed = (hash: string, day: number, prev: string | null, token = "s-1", recorder = "4e".repeat(32)): VerifiedListing => ({
  hash,
  listing: { v: "claviger/token-listing/v1", mode: "production", token, recorder, at: dayAt(day), minutes: 60, prev, objects: 2, differences: [] },
});
const three = [listed("a", 1, null), listed("b", 2, "a"), listed("c", 3, "b")] as const;
const why = (listings: readonly VerifiedListing[]) => brokenListings(listings).map((one) => [one.token, one.why, one.listing]);

test("listings that follow one another are whole, in whatever order they are read, and each recorder's and token's by themselves", () => {
  expect(why([...three].reverse())).toEqual([]);
  expect(why([...three, listed("x", 1, null, "s-2"), listed("y", 2, null, "s-1", "5f".repeat(32))])).toEqual([]);
  expect(brokenListings([])).toEqual([]);
});

test("without the middle one, or the first, the one after it shows that", () => {
  expect(why([three[0], three[2]])).toEqual([["s-1", "gap", "c"]]);
  expect(why(three.slice(1))).toEqual([["s-1", "gap", "b"]]);
});

test("one that follows another token's or another recorder's listing follows none of its own", () => {
  expect(why([three[0], listed("x", 2, "a", "s-2")])).toEqual([["s-2", "gap", "x"]]);
  expect(why([three[0], listed("x", 2, "a", "s-1", "5f".repeat(32))])).toEqual([["s-1", "gap", "x"]]);
});

test("two that follow the same one are told, and a second first one", () => {
  expect(why([...three, listed("d", 4, "b")])).toEqual([["s-1", "fork", "d"]]);
  expect(why([...three, listed("d", 4, null)])).toEqual([["s-1", "second-first", "d"]]);
});
