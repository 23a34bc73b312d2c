import { expect, test } from "vitest";
import { book, OPERATIONS } from "#lib/operations/book";
import { wordsIn } from "#lib/words/words";
import { secretTitle } from "./secret-title";

const TOKEN = { token: "vault" };
const REQUESTS = [
  { operation: "initialise-token", ...TOKEN, label: "vault-2" },
  { operation: "change-so-pin", ...TOKEN },
  { operation: "change-user-pin", ...TOKEN },
  { operation: "unlock-token", ...TOKEN },
  ...["backup-token", "verify-backup", "restore-test"].map((operation) => ({ operation, backup: "autumn", to: "vault" })),
];
const asked = REQUESTS.map((request) => ({ request, secrets: book.find(request.operation)?.secrets?.(request) ?? [] }));

test("every secret of every operation has a title in the reader's language, and in English the one its operation gives it", () => {
  expect(asked.flatMap(({ secrets }) => secrets)).toHaveLength(10);
  for (const { request, secrets } of asked)
    for (const secret of secrets) {
      expect(secretTitle(secret, secrets, [request], wordsIn("en"))).toBe(secret.title);
      const german = secretTitle(secret, secrets, [request], wordsIn("de"));
      expect(german).not.toBe(secret.title);
      expect(german).toMatch(/vault|autumn/);
    }
});

test("a secret the catalogues do not know is called as its operation calls it", () => {
  const secret = { name: "pin", title: "the PIN", chosen: false };
  expect(secretTitle(secret, [secret], [], wordsIn("de"))).toBe("the PIN");
});

test("no operation asks for a secret that is not among these", () => {
  const asking = OPERATIONS.filter(({ secrets }) => secrets !== undefined).map(({ name }) => name);
  expect(asking.filter((name) => !REQUESTS.some(({ operation }) => operation === name))).toEqual([]);
});
