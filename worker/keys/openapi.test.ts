import { readFileSync } from "node:fs";
import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, describe, expect, test } from "vitest";
import { KEY_OPERATIONS } from "#lib/accounts/grant.schema";
import { refusals } from "#lib/words/en/refusals";
import { aes, assertionOf, billing, formOf, hmac, opening, openGrounds, raw, token, wrapping } from "./api-grounds.under-test";
import { checkedAnswer } from "./checked-answer.under-test";
import { openapi, ROUTES, routeOf } from "./routes";

/** The published interface, and that the process does what it says: every answer of these tests is held to it as well (checkedAnswer). */
const { stand, rows, ask, post, askToken, close } = await openGrounds();
afterAll(close);

type Schema = { readonly required?: readonly string[]; readonly properties?: Readonly<Record<string, object>>; readonly anyOf?: readonly Schema[] };
const document = openapi() as {
  readonly paths: Readonly<Record<string, object>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
const published = path.resolve(import.meta.dirname, "../../docs/openapi.json");

test("is OpenAPI 3.1, by its own schema, and every reference leads somewhere", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  const text = JSON.stringify(document);
  for (const [, place = ""] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = place.split("/").reduce<unknown>((tree, member) => (tree as Record<string, unknown> | undefined)?.[member], document);
    expect({ place, found }).toEqual({ place, found: expect.any(Object) as object });
  }
  const { valid: other } = await new Validator().validate({ ...structuredClone(document), paths: { "/random": { post: { responses: [] } } } });
  expect(other).toBe(false);
});

test("is served as it lies in docs/openapi.json", async () => {
  const served = (await (await ask("/api/v1/openapi.json")).json()) as object;
  expect(served).toEqual(JSON.parse(readFileSync(published, "utf8")));
});

test("describes every address that answers, once, and each operation of grants", () => {
  expect(Object.keys(document.paths).sort()).toEqual(ROUTES.map((route) => route.path).sort());
  expect(new Set(ROUTES.map(({ id }) => id)).size).toBe(ROUTES.length);
  const scopes = ROUTES.flatMap(({ guard }) => (typeof guard === "object" ? [guard.scope] : []));
  expect(scopes.sort()).toEqual([...KEY_OPERATIONS.map((operation) => `${operation}:ALIAS`), "random"].sort());
  for (const route of ROUTES) {
    expect(routeOf(route.path.replace("{name}", "a").replace("{issuer}", "a"))?.route.id).toBe(route.id);
    expect(route.path.includes("{") && routeOf(route.path)).toBeFalsy();
  }
});

test("stands in docs/crypto-api.md with each address and each problem that has a name here", () => {
  const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/crypto-api.md"), "utf8");
  const told = ROUTES.filter((route) => !route.path.includes("{issuer}")).map((route) => route.path.replace("{name}", "NAME"));
  expect(told.filter((where) => !page.includes(`${where}\``))).toEqual([]);
  const names = ROUTES.flatMap(({ problems }) => problems).filter((name) => !Object.hasOwn(refusals, name));
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test("what holds answers to the document finds each that is another", async () => {
  const checked = (status: number, body: object | string, headers: Record<string, string> = {}, [method, where]: readonly [string, string] = ["POST", "/api/v1/random"]) =>
    checkedAnswer(method, where, new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "content-type": "application/json", "cache-control": "no-store", ...headers } }));
  const answer = { bytes: "AAAA", use: "2f5d8ff8-7b0a-4c53-9d6b-0d2f5b7c9e11" };
  const said = { type: "urn:claviger:problem:QUEUE-FULL", title: "a", status: 503, detail: "b", name: "QUEUE-FULL" };
  const asProblem = { "content-type": "application/problem+json" };
  await expect(checked(200, answer)).resolves.toBeInstanceOf(Response);
  await expect(checked(503, said, { ...asProblem, "retry-after": "1" })).resolves.toBeInstanceOf(Response);
  for (const other of [
    checked(200, { ...answer, more: 1 }),
    checked(200, { bytes: "AA==", use: answer.use }),
    checked(200, { bytes: "AAAA" }),
    checked(200, answer, { "content-type": "text/plain" }),
    checked(201, answer),
    checked(503, said, asProblem),
    checked(503, { ...said, name: "KEY-STATE" }, { ...asProblem, "retry-after": "1" }),
    checked(403, said, asProblem),
    checked(404, said, asProblem),
    checked(200, answer, {}, ["GET", "/api/v1/random"]),
    checked(200, answer, {}, ["POST", "/api/v1/other"]),
  ]) {
    await expect(other).rejects.toThrow("answered");
  }
});

const text = (bytes: string) => Buffer.from(bytes).toString("base64url");
const data = text("some bytes");

/** A request of each operation that is good, and made of the answers of those before it. */
async function goodRequests(): Promise<Record<string, readonly [where: string, body: Record<string, unknown>]>> {
  const said = async (where: string, body: object) => (await (await post(where, body)).json()) as Record<string, string>;
  const at = (name: string, what: string) => `/api/v1/keys/${name}/${what}`;
  const { signature, kid } = await said(at("raw", "sign"), { algorithm: "ES256", data });
  const { token: jwt } = await said(at("jwt", "tokens"), {});
  const { ciphertext, iv, tag } = await said(at("data", "encrypt"), { data, aad: text("row 7") });
  const { wrapped } = await said(at("wrapping", "wrap"), { length: 32 });
  const { mac } = await said(at("hmac", "mac"), { data });
  return {
    sign: [at("raw", "sign"), { algorithm: "ES256", data }],
    verify: [at("raw", "verify"), { algorithm: "ES256", data, signature, kid }],
    issueToken: [at("jwt", "tokens"), { algorithm: "ES256", audience: "api", claims: { sub: "anna" } }],
    verifyToken: [at("jwt", "verify-token"), { token: jwt, audience: "api" }],
    encrypt: [at("data", "encrypt"), { algorithm: "AES-GCM", data, aad: text("row 7") }],
    decrypt: [at("data", "decrypt"), { key: aes.key, ciphertext, iv, tag, aad: text("row 7") }],
    wrapKey: [at("wrapping", "wrap"), { algorithm: "AES-KWP", length: 32 }],
    unwrapKey: [at("wrapping", "unwrap"), { algorithm: "AES-KWP", key: wrapping.key, wrapped }],
    mac: [at("hmac", "mac"), { algorithm: "HS256", data }],
    verifyMac: [at("hmac", "verify-mac"), { algorithm: "HS256", key: hmac.key, data, mac }],
    random: ["/api/v1/random", { length: 32 }],
  };
}
const good = await goodRequests();
const jsonRoutes = ROUTES.filter(({ asks }) => asks?.type === "application/json");
const schemaOf = (id: string): Schema => document.components.schemas[`${id.slice(0, 1).toUpperCase()}${id.slice(1)}Request`] ?? {};
const nameOf = async (response: Response) => [response.status, ((await response.json()) as { name?: string }).name];

describe.each(jsonRoutes.map(({ id, asks }) => [id, asks?.most ?? 0, asks?.example ?? {}, asks?.schema] as const))("%s", (id, most, example, schema) => {
  const [where, body] = good[id] ?? ["", {}];
  const variants = schemaOf(id).anyOf ?? [schemaOf(id)];
  const members = Object.keys(body);

  test("takes what is described, once and once more: nothing needs a key of idempotency", async () => {
    expect(members.filter((member) => !variants.some(({ properties }) => Object.hasOwn(properties ?? {}, member)))).toEqual([]);
    const first = await post(where, body);
    expect(first.status).toBe(200);
    const { use } = (await first.json()) as { use: string };
    const second = (await (await post(where, body)).json()) as { use: string };
    expect(rows.filter((row) => row.use === use || row.use === second.use).map(({ result }) => result)).toEqual(["done", "done"]);
    expect(schema?.safeParse(example).success).toBe(true);
  });

  test("refuses it without what is required, with what nobody knows, with too much, and with another type of each member", async () => {
    const unreadable = [400, "REQUEST-UNREADABLE"];
    const required = variants.map((one) => one.required ?? []).find((names) => names.every((name) => members.includes(name))) ?? [];
    expect(required.length > 0).toBe(id !== "issueToken");
    for (const name of required) {
      // One of the two ways to decrypt is without tag and iv: without one of them it is none.
      const { [name]: _, ...less } = body;
      expect(await nameOf(await post(where, less))).toEqual(unreadable);
    }
    for (const name of members) expect(await nameOf(await post(where, { ...body, [name]: { other: 1 } }))).toEqual(name === "claims" ? [403, "GRANT-SCOPE"] : unreadable);
    for (const name of members) expect(await nameOf(await post(where, { ...body, [name]: 1.5 }))).toEqual(unreadable);
    expect(await nameOf(await post(where, { ...body, other: 1 }))).toEqual(unreadable);
    expect(await nameOf(await post(where, [body]))).toEqual(unreadable);
    expect(await nameOf(await post(where, `${" ".repeat(most)}{}`))).toEqual([413, "TOO-LARGE"]);
    expect(await nameOf(await post(where, body, { type: "text/plain" }))).toEqual([415, "TYPE-UNKNOWN"]);
    expect(await nameOf(await ask(where, { method: "PUT" }))).toEqual([405, "METHOD-UNKNOWN"]);
  });

  test("refuses who has no token, or one of less", async () => {
    expect(await nameOf(await post(where, body, { as: "" }))).toEqual([401, "TOKEN-MISSING"]);
    expect(await nameOf(await post(where, body, { as: token([]) }))).toEqual([403, "SCOPE-MISSING"]);
  });
});

test("RSA keys encrypt and wrap as described, and public keys are told", async () => {
  const said = async (response: Promise<Response>) => (await (await response).json()) as Record<string, string>;
  const { ciphertext = "", key } = await said(post("/api/v1/keys/opening/encrypt", { data }));
  expect(key).toBe(opening.key);
  expect(await said(post("/api/v1/keys/opening/decrypt", { ciphertext, key }))).toMatchObject({ data });
  for (const name of ["raw", "opening", raw.key]) {
    expect((await ask(`/api/v1/keys/${name}/public-key`, { headers: { authorization: `Bearer ${token()}` } })).status).toBe(200);
  }
});

describe("giveToken", () => {
  const answer = async (form: Readonly<Record<string, string>> | string) => {
    const got = await askToken(form);
    const { error = null } = (await got.json()) as { error?: string };
    return [got.status, error];
  };
  const whole = () => formOf(assertionOf(billing));

  test("takes what is described; an assertion once", async () => {
    const form = whole();
    expect(await answer(form)).toEqual([200, null]);
    expect(await answer(form)).toEqual([401, "invalid_client"]);
    expect(await answer({ ...whole(), scope: "sign:raw random", resource: "passed over" })).toEqual([200, null]);
  });

  test("refuses less, more than the grant, what is said twice, too much, and what is no form", async () => {
    const { grant_type: _, ...withoutType } = whole();
    expect(await answer(withoutType)).toEqual([400, "unsupported_grant_type"]);
    const { client_assertion_type: __, ...withoutKind } = whole();
    expect(await answer(withoutKind)).toEqual([400, "invalid_request"]);
    const { client_assertion: ___, ...withoutAssertion } = whole();
    expect(await answer(withoutAssertion)).toEqual([401, "invalid_client"]);
    expect(await answer({ ...whole(), scope: "destroy:raw" })).toEqual([400, "invalid_scope"]);
    expect(await answer(`${new URLSearchParams(whole()).toString()}&scope=random&scope=sign:raw`)).toEqual([400, "invalid_request"]);
    expect(await answer({ ...whole(), client_assertion: "A".repeat(17_000) })).toEqual([400, "invalid_request"]);
    expect((await askToken({ ...whole(), more: "a".repeat(20_000) })).status).toBe(413);
    const asJson = await ask("/oauth/token", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
    expect(asJson.status).toBe(415);
  });
});

test("what everybody may read is as described, and also when nothing is known", async () => {
  const open = ROUTES.filter(({ guard, path: at }) => guard === "everybody" && !at.includes("{")).map((route) => route.path);
  expect(open).toHaveLength(5);
  for (const where of open) expect((await ask(where)).status).toBe(200);
  const { known } = stand;
  stand.known = null;
  for (const where of open) expect((await ask(where)).status).toBe(where.endsWith("openapi.json") ? 200 : 503);
  stand.known = known;
});
