import { expect, test } from "vitest";
import { samePage } from "./same-page";

const pages = [
  { page: 1, text: "Silence." },
  { page: 2, text: "A door." },
];

test("a page sent again is the one that stands behind the pages its writer knew", () => {
  expect(samePage(pages, { text: " A door.\r\n", after: 1 })).toEqual({ page: 2, text: "A door." });
  expect(samePage(pages, { text: "Silence.", after: 0 })).toEqual({ page: 1, text: "Silence." });
});

test("the same words on purpose are another page, and so are others, and of whoever does not say what they knew nothing is known", () => {
  expect(samePage(pages, { text: "Silence.", after: 2 })).toBeNull();
  expect(samePage(pages, { text: "Silence!", after: 0 })).toBeNull();
  expect(samePage(pages, { text: "Silence." })).toBeNull();
});
