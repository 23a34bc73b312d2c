import { expect, test } from "vitest";
import { grantOf, inForce } from "#lib/accounts/grant.under-test";
import { AccessTokens, TOKEN_SECONDS } from "./access-tokens";

const keys = [{ alias: "jwt", keys: ["ab".repeat(32)], operations: ["sign" as const, "verify" as const], algorithms: ["ES256" as const], tokens: null }];
const grant = inForce(grantOf({ keys, random: true }));
const grants = new Map([["billing", grant]]);
const SECRET = Buffer.alloc(32, 1);
const tokens = new AccessTokens(SECRET, "https://keys.example production");
const NOW = Date.parse("2026-11-23T08:00:00.000Z");

test("every process of one secret honours what another gave, for the scopes it was given for", () => {
  const token = tokens.give(grant, ["sign:jwt", "random", "sign:other"], NOW);
  const other = new AccessTokens(SECRET, "https://keys.example production");
  expect(other.find(token, grants, NOW + 1)).toEqual({ account: "billing", scopes: new Set(["sign:jwt", "random"]) });
});

test("nobody honours one of another secret, origin or mode, nor one that was changed", () => {
  const token = tokens.give(grant, ["random"], NOW);
  expect(new AccessTokens(null, "https://keys.example production").find(token, grants, NOW)).toBeNull();
  expect(new AccessTokens(SECRET, "https://keys.example rehearsal").find(token, grants, NOW)).toBeNull();
  const [text = "", mac = ""] = token.split(".");
  const said = JSON.parse(Buffer.from(text, "base64url").toString()) as object;
  const wider = Buffer.from(JSON.stringify({ ...said, scopes: "111" })).toString("base64url");
  for (const one of [`${wider}.${mac}`, `${text}.${"A".repeat(43)}`, text, `${text}.${mac}x`, "", "."]) expect(tokens.find(one, grants, NOW)).toBeNull();
});

test("it ends with its time, and with the edition of the grant it was given under", () => {
  const token = tokens.give(grant, ["random"], NOW);
  expect(tokens.find(token, grants, NOW + TOKEN_SECONDS * 1_000 - 1)).not.toBeNull();
  expect(tokens.find(token, grants, NOW + TOKEN_SECONDS * 1_000)).toBeNull();
  expect(tokens.find(token, new Map([["billing", inForce(grantOf({ keys, random: true, edition: 2 }))]]), NOW)).toBeNull();
  expect(tokens.find(token, new Map(), NOW)).toBeNull();
});

test("one that was given for a certificate is none without it; one for an assertion is good over any connection", () => {
  const bound = tokens.give(grant, ["random"], NOW, "one");
  expect([tokens.find(bound, grants, NOW, "one") !== null, tokens.find(bound, grants, NOW, "two"), tokens.find(bound, grants, NOW)]).toEqual([true, null, null]);
  expect(tokens.find(tokens.give(grant, ["random"], NOW), grants, NOW, "two")).not.toBeNull();
});
