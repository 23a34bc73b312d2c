import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { peerOf, ProofLimits } from "./proof-limits";

const MINUTE = 60_000;

test("an account gets so many tokens in a minute, and no failure of anybody else takes one of them", () => {
  const limits = new ProofLimits();
  for (let i = 0; i < 5_000; i += 1) limits.failed("peer:a", 0);
  let given = 0;
  for (let at = 0; at < 10 * MINUTE; at += 20) given += limits.take("billing", at) === 0 ? 1 : 0;
  expect(given).toBeGreaterThanOrEqual(3_000);
  expect(given).toBeLessThan(3_100);
  expect(limits.take("mail", 0)).toBe(0);
});

test("a place from which nothing is proved is told to wait, and no other place is", () => {
  const limits = new ProofLimits();
  for (let i = 0; i < 99; i += 1) limits.failed("peer:a", 0);
  expect(limits.waitOf("peer:a", 0)).toBe(0);
  for (let i = 0; i < 50; i += 1) limits.failed("peer:a", 0);
  expect(limits.waitOf("peer:a", 0)).toBe(1);
  expect([limits.waitOf("peer:b", 0), limits.waitOf(null, 0)]).toEqual([0, 0]);
  expect(limits.waitOf("peer:a", 200)).toBe(0);
});

test("an assertion is remembered as long as it can be shown, and no more of them than there is room for", () => {
  const limits = new ProofLimits(3);
  limits.remember("one", 0);
  expect([limits.wasShown("one", 300_000), limits.wasShown("other", 0), limits.wasShown("one", 400_000)]).toEqual([true, false, false]);
  for (const hash of ["two", "three", "four"]) limits.remember(hash, 1);
  expect(["one", "two", "three", "four"].map((hash) => limits.wasShown(hash, 2))).toEqual([false, true, true, true]);
});

test.each([
  ["10.0.0.1", "peer:10.0.0.1"],
  ["::ffff:10.0.0.1", "peer:::ffff:10.0.0.1"],
  ["2001:db8:1:2:3:4:5:6", "peer:2001:db8:1:2"],
  ["2001:db8::6", "peer:2001:db8:0:0"],
  ["::1", "peer:0:0:0:0"],
])("%s is %s", (address, peer) => {
  const socket = new TLSSocket(new Socket());
  Object.defineProperty(socket, "remoteAddress", { value: address });
  expect(peerOf(socket)).toBe(peer);
});

test("behind what ends TLS for it nobody is told from anybody else by address", () => {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: "10.0.0.1" });
  expect(peerOf(socket)).toBeNull();
});
