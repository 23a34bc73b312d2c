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

test("a seat is free again when its browser left, or was not heard from for long", () => {
  let now = 0;
  const seats = new Seats(() => now);
  seats.take("a", "ciso");
  seats.take("b", "cto");
  seats.take("c", "auditor");
  seats.leave("c");
  now = 170_000;
  expect(seats.personOf("b")).toBe("cto");
  now = 190_000;
  expect([...seats.people()]).toEqual(["cto"]);
  expect(seats.personOf("a")).toBeNull();
});

test("a closed window frees its seat soon, going on to another page does not", () => {
  let now = 0;
  const seats = new Seats(() => now);
  for (const browser of ["a", "b"]) {
    seats.take(browser, browser === "a" ? "ciso" : "cto");
    seats.away(browser);
  }
  expect([...seats.people()].sort()).toEqual(["ciso", "cto"]);
  now = 1_000;
  seats.personOf("b");
  now = 16_000;
  expect([...seats.people()]).toEqual(["cto"]);
});
