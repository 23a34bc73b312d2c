import { expect, test } from "vitest";
import { Seats } from "./seats";

test("a browser plays one person at a time, and two browsers may play two", () => {
  const seats = new Seats(() => 0);
  seats.take("a", "ciso");
  seats.take("b", "cto");
  seats.take("a", "auditor");
  expect([...seats.people()].sort()).toEqual(["auditor", "cto"]);
  expect(seats.personOf("a")).toBe("auditor");
});

test("a window in sight that is not heard from any more frees its seat soon, however it ended", () => {
  let now = 0;
  const seats = new Seats(() => now);
  seats.take("a", "ciso");
  seats.take("b", "cto");
  seats.take("c", "auditor");
  seats.leave("c");
  for (now = 1_000; now < 60_000; now += 1_000) seats.heard("b", false);
  expect([...seats.people()]).toEqual(["cto"]);
  expect(seats.personOf("a")).toBeNull();
  now += 13_000;
  expect([...seats.people()]).toEqual([]);
});

test("a hidden window, which browsers let call in once a minute, keeps its seat; in sight again it is like any other", () => {
  let now = 0;
  const seats = new Seats(() => now);
  seats.take("a", "ciso");
  seats.heard("a", true);
  now = 120_000;
  expect([...seats.people()]).toEqual(["ciso"]);
  seats.heard("a", false);
  now = 133_000;
  expect([...seats.people()]).toEqual([]);
});

test("a closed window frees its seat soon, going on to another page does not", () => {
  let now = 0;
  const seats = new Seats(() => now);
  for (const browser of ["a", "b"]) {
    seats.take(browser, browser === "a" ? "ciso" : "cto");
    seats.heard(browser, true);
    seats.away(browser);
  }
  expect([...seats.people()].sort()).toEqual(["ciso", "cto"]);
  now = 10_000;
  seats.heard("b", false);
  now = 16_000;
  expect([...seats.people()]).toEqual(["cto"]);
});
