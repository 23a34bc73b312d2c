import { expect, test } from "vitest";
import { grantFacts } from "#lib/accounts/grant-facts";
import { thumbprint } from "#lib/accounts/grant";
import { CLIENT, grantOf } from "#lib/accounts/grant.under-test";
import { dayAt } from "#lib/register/evidence.under-test";
import { LANGUAGES } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { grantFactRows } from "./grant-words";

const [one, two] = ["aa".repeat(32), "bb".repeat(32)];
const tokens = { issuer: "https://a.example", audiences: ["api", "mail"], claims: [], minutes: 15 };
const grant = grantOf({
  keys: [{ alias: "jwt", keys: [one, two], operations: ["issue-token", "public-key"], algorithms: ["ES256"], tokens }],
  random: true,
  until: dayAt(90),
});

test("a grant is told row by row, each key in its own", () => {
  const rows = grantFacts(grant).flatMap((fact) => grantFactRows(fact, wordsIn("en").of("accounts")));
  expect(rows.map(({ name, value, measured }) => [name, value, measured ?? false])).toEqual([
    ["Key that it proves itself by (RFC 7638 thumbprint)", thumbprint(CLIENT), true],
    ["Key called jwt", one, true],
    ["Key called jwt", two, true],
    ["What it may do with jwt", "issue tokens, read the public key", false],
    ["Algorithms of jwt", "ES256", false],
    ["Tokens of jwt: who issues them", "https://a.example", false],
    ["Tokens of jwt: for whom", "api, mail", false],
    ["Tokens of jwt: claims that it may set", "none", false],
    ["Tokens of jwt: how long they are good", "15 minutes", false],
    ["Random bytes", "allowed", false],
    ["Requests in a minute, at most", "6000", false],
    ["Until", "2027-02-18 09:00 UTC", false],
  ]);
});

test.each(LANGUAGES)("that nobody is the application is said, in %s", (language) => {
  const words = wordsIn(language).of("accounts");
  const [first] = grantFacts(grantOf({ clients: [] })).flatMap((fact) => grantFactRows(fact, words));
  expect(first?.value).toBe(words("nobody"));
});
