import { expect, test } from "vitest";
import { book } from "#lib/operations/book";
import { secretTitle } from "./secret-title";

test("a secret is called in the reader's language, as its operation calls it", () => {
  const request = { operation: "change-user-pin", token: "vault" };
  const titles = (book.find(request.operation)?.secrets?.(request) ?? []).map((secret) => [secretTitle(secret, "en"), secretTitle(secret, "de")]);
  expect(titles).toEqual([
    ["the user PIN that token vault has", "die Benutzer-PIN, die das Token vault bisher hat"],
    ["the new user PIN of token vault", "die neue Benutzer-PIN für das Token vault"],
  ]);
});
