import { expect, test } from "vitest";
import { Visits } from "./visits";

const at = (minutes: number) => new Date(Date.parse("2026-11-22T10:00:00.000Z") + minutes * 60_000);

/** A visit book, and what was noted in it. */
function book() {
  const visits = new Visits();
  const noted: string[] = [];
  const look = (visit: string, minutes: number) => visits.look(visit, at(minutes), () => Promise.resolve(noted.push(visit)));
  return { visits, noted, look };
}

test("many looks of one visit are noted once, and a visit goes on as long as somebody looks", async () => {
  const { noted, look } = book();
  await Promise.all([look("axel c-1", 0), look("axel c-1", 0)]);
  for (const minutes of [1, 10, 24, 38]) await look("axel c-1", minutes);
  expect(noted).toEqual(["axel c-1"]);
});

test("a visit that goes on is noted again each hour", async () => {
  const { noted, look } = book();
  for (let minutes = 0; minutes <= 130; minutes += 10) await look("axel c-1", minutes);
  expect(noted).toEqual(["axel c-1", "axel c-1", "axel c-1"]);
});

test("a look after a quarter of an hour of silence, of another person or at another ceremony is another visit", async () => {
  const { noted, look } = book();
  await look("axel c-1", 0);
  await look("axel c-1", 15);
  await look("axel c-2", 15);
  await look("anna c-1", 15);
  expect(noted).toEqual(["axel c-1", "axel c-1", "axel c-2", "anna c-1"]);
});

test("where it cannot be noted nobody looks, and the next look tries again", async () => {
  const { visits, noted, look } = book();
  await expect(visits.look("axel c-1", at(0), () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  await look("axel c-1", 0);
  expect(noted).toEqual(["axel c-1"]);
});
