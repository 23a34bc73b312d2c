import { expect, test } from "vitest";
import { configurationOf } from "./configuration";

const names = { known: ["MODE", "ORIGIN", "DATABASE_URL", "TOKEN_PIN", "SUBJECT"], secret: ["TOKEN_PIN"] };
const given = { MODE: "production", DATABASE_URL: "postgresql://app:first@db.example:5432/house", TOKEN_PIN: "1234", HOME: "/root", ORIGIN: "" };
const digestWith = (change: { readonly [name: string]: string | undefined }) => configurationOf({ ...given, ...change }, names).digest;

test("the settings that are given are named, and of no other variable is anything told", () => {
  const { settings, digest } = configurationOf(given, names);
  expect(settings).toEqual(["DATABASE_URL", "MODE", "TOKEN_PIN"]);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digestWith({ HOME: "/home/anna", ORIGIN: undefined })).toBe(digest);
  const backwards = Object.fromEntries(Object.entries(given).reverse());
  expect(configurationOf(backwards, { ...names, known: [...names.known].reverse() })).toEqual({ settings, digest });
});

test("another value, one more or one less is another configuration", () => {
  const changes = [{}, { MODE: "rehearsal" }, { MODE: undefined }, { ORIGIN: "https://a.example" }, { TOKEN_PIN: "" }, { SUBJECT: "CN=Zoe\u0308" }];
  expect(new Set(changes.map(digestWith)).size).toBe(changes.length);
  expect(digestWith({ DATABASE_URL: "postgresql://app:first@other.example:5432/house" })).not.toBe(digestWith({}));
  expect(digestWith({ ORIGIN: "https://a.example/one" })).not.toBe(digestWith({ ORIGIN: "https://a.example/two" }));
});

test("a secret, or who signs in at an address, changes nothing and can be tried on nothing", () => {
  const same = digestWith({});
  expect(digestWith({ TOKEN_PIN: "9876" })).toBe(same);
  expect(digestWith({ DATABASE_URL: "postgresql://other:second@db.example:5432/house?password=third#fourth" })).toBe(same);
  // Several hosts are no address that this can be told of.
  const several = (password: string) => digestWith({ DATABASE_URL: `postgresql://app:${password}@one.example:1,two.example:2/house` });
  expect(several("first")).toBe(several("second"));
});
