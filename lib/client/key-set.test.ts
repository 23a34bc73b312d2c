import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ClientProblem } from "./client-problem";
import { answering, KeyServer, refusing, type Behaviour } from "./key-server.under-test";
import { KeySet } from "./key-set";

/** Key sets over real sockets; the clock is the test's. */
const PATH = "/.well-known/jwks.json";
const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).publicKey;
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
const jwk = (key: KeyObject, kid: string, more: object = {}) => ({ ...key.export({ format: "jwk" }), kid, use: "sig", ...more });
const published = (keys: unknown[], headers: Record<string, string> = {}): Behaviour => answering({ keys }, 200, { "cache-control": "public, max-age=300, stale-if-error=300", etag: '"one"', ...headers });
const notModified: Behaviour = (response) => {
  response.writeHead(304, { "cache-control": "public, max-age=300", etag: '"one"' });
  response.end();
};

let server: KeyServer;
let now: number;
const sets: KeySet[] = [];
beforeEach(async () => {
  server = await KeyServer.open();
  now = 0;
});
afterEach(async () => {
  for (const set of sets.splice(0)) set.close();
  await server.close();
});
function setOf(): KeySet {
  const set = new KeySet({ url: server.url, retries: 0, now: () => now });
  sets.push(set);
  return set;
}
const fetches = () => server.of(PATH).length;

describe("published keys", () => {
  test("are fetched once, however many ask, and kept as long as their answer says; then it is asked whether they changed", async () => {
    server.on(PATH, published([jwk(ec, "one")]), notModified);
    const set = setOf();
    expect(set.known("one")).toBeNull();
    const found = await Promise.all(Array.from({ length: 10 }, () => set.keyOf("one")));
    expect(found.every((key) => key?.kid === "one")).toBe(true);
    expect(set.known("one")?.kid).toBe("one");
    now = 299_000;
    expect((await set.keyOf("one"))?.kid).toBe("one");
    expect(fetches()).toBe(1);
    now = 301_000;
    expect(set.known("one")).toBeNull();
    expect((await set.keyOf("one"))?.kid).toBe("one");
    expect(server.of(PATH)[1]?.headers["if-none-match"]).toBe('"one"');
    expect(set.known("one")?.kid).toBe("one");
  });

  test("are looked through anew for a key that is not among them, once, and then not before the cool-down is over", async () => {
    server.on(PATH, published([jwk(ec, "one")]), published([jwk(ec, "one"), jwk(rsa, "two")]));
    const set = setOf();
    await set.keyOf("one");
    expect(await set.keyOf("two")).toBeNull();
    expect(fetches()).toBe(1);
    now = 31_000;
    expect((await set.keyOf("two"))?.kid).toBe("two");
    expect(fetches()).toBe(2);
    await Promise.all(Array.from({ length: 50 }, (_, i) => set.keyOf(`nobody-${String(i)}`)));
    expect(fetches()).toBe(2);
    now = 62_000;
    await Promise.all(Array.from({ length: 50 }, (_, i) => set.keyOf(`nobody-${String(i)}`)));
    expect(fetches()).toBe(3);
  });

  test("that cannot be fetched anew are used as long as their answer allows, and no longer", async () => {
    server.on(PATH, published([jwk(ec, "one")]), refusing("EVIDENCE-STALE", 503));
    const set = setOf();
    await set.keyOf("one");
    now = 310_000;
    expect((await set.keyOf("one"))?.kid).toBe("one");
    expect((await set.keyOf("one"))?.kid).toBe("one");
    expect(fetches()).toBe(2);
    now = 601_000;
    await expect(set.keyOf("one")).rejects.toMatchObject({ code: "EVIDENCE-STALE" });
    await expect(set.keyOf("one")).rejects.toBeInstanceOf(ClientProblem);
    expect(fetches()).toBe(3);
  });

  test("whose new answer has no tag are not asked for by the tag of the old ones", async () => {
    const untagged: Behaviour = answering({ keys: [jwk(rsa, "two")] }, 200, { "cache-control": "max-age=300" });
    const unchanged: Behaviour = (response) => response.writeHead(304, { "cache-control": "max-age=300" }).end();
    server.on(PATH, published([jwk(ec, "one")]), unchanged, untagged, published([jwk(ec, "one")]));
    const set = setOf();
    for (const [at, kid] of [[0, "one"], [301_000, "one"], [602_000, "two"], [903_000, "one"]] as const) {
      now = at;
      expect((await set.keyOf(kid))?.kid).toBe(kid);
    }
    expect(server.of(PATH).map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"one"', '"one"', undefined]);
  });

  test("are not fresh for longer because a cache held them: what it counts as their age is taken off", async () => {
    server.on(PATH, published([jwk(ec, "one")], { age: "200" }), refusing("EVIDENCE-STALE", 503));
    const set = setOf();
    await set.keyOf("one");
    now = 99_000;
    expect(set.known("one")?.kid).toBe("one");
    now = 101_000;
    expect(set.known("one")).toBeNull();
    expect((await set.keyOf("one"))?.kid).toBe("one");
    now = 401_000;
    await expect(set.keyOf("one")).rejects.toMatchObject({ code: "EVIDENCE-STALE" });
  });

  test("make nobody wait for a process that was away a moment ago: what may still be used is used, and fetched beside", async () => {
    let answer: () => void = () => undefined;
    const later: Behaviour = (response, heard) => {
      answer = () => published([jwk(ec, "one"), jwk(rsa, "two")], { etag: '"two"' })(response, heard);
    };
    server.on(PATH, published([jwk(ec, "one")]), refusing("EVIDENCE-STALE", 503), later);
    const set = setOf();
    await set.keyOf("one");
    now = 310_000;
    expect((await set.keyOf("one"))?.kid).toBe("one");
    now = 316_000;
    // The third fetch answers only after this one was told.
    expect((await set.keyOf("one"))?.kid).toBe("one");
    await expect.poll(fetches, { timeout: 30_000 }).toBe(3);
    expect(set.known("one")).toBeNull();
    const waiting = set.keyOf("two");
    answer();
    expect((await waiting)?.kid).toBe("two");
    expect(set.known("one")?.kid).toBe("one");
    expect(fetches()).toBe(3);
  });

  test("that failed to come long ago are waited for again: nothing says that the process is still away", async () => {
    server.on(PATH, published([jwk(ec, "one")]), refusing("EVIDENCE-STALE", 503), published([], { etag: '"two"' }));
    const set = setOf();
    await set.keyOf("one");
    now = 310_000;
    expect((await set.keyOf("one"))?.kid).toBe("one");
    now = 341_000;
    expect(await set.keyOf("one")).toBeNull();
  });

  test("of one issuer are fetched below its name", async () => {
    server.on("/payments/.well-known/jwks.json", published([jwk(ec, "one")]));
    const set = new KeySet({ url: server.url, segment: "payments" });
    sets.push(set);
    expect((await set.keyOf("one"))?.kid).toBe("one");
    for (const segment of ["..", "a/b", "", "?"]) expect(() => new KeySet({ url: server.url, segment }), segment).toThrow(TypeError);
  });

  test("that are gone are gone with the next fetch", async () => {
    server.on(PATH, published([jwk(ec, "one")]), published([], { etag: '"two"' }));
    const set = setOf();
    expect((await set.keyOf("one"))?.kid).toBe("one");
    now = 301_000;
    expect(await set.keyOf("one")).toBeNull();
  });

  test("of an answer that forbids keeping are fetched each time", async () => {
    server.on(PATH, published([jwk(ec, "one")], { "cache-control": "no-store" }));
    const set = setOf();
    await set.keyOf("one");
    await set.keyOf("one");
    expect(fetches()).toBe(2);
  });

  test.each([
    ["no JSON", "keys"],
    ["no list", { keys: {} }],
    ["more than anybody publishes", { keys: Array.from({ length: 201 }, () => ({})) }],
  ])("an answer that is no key set is a problem, and no empty set: %s", async (_, body) => {
    server.on(PATH, answering(body));
    await expect(setOf().keyOf("one")).rejects.toMatchObject({ code: "ANSWER-UNREADABLE" });
  });
});

describe("what a key is for", () => {
  test("its own kind says, and its alg if there is one", async () => {
    const curve = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve }).publicKey;
    const keys = [jwk(rsa, "rsa"), jwk(rsa, "pss", { alg: "PS256" }), jwk(ec, "ec"), jwk(curve("P-384"), "p384"), jwk(curve("P-521"), "p521")];
    server.on(PATH, published([...keys, jwk(generateKeyPairSync("ed25519").publicKey, "ed")]));
    const set = setOf();
    const found = await Promise.all(["rsa", "pss", "ec", "p384", "p521", "ed"].map(async (kid) => [...((await set.keyOf(kid))?.algorithms ?? [])]));
    expect(found).toEqual([["RS256", "PS256"], ["PS256"], ["ES256"], ["ES384"], ["ES512"], ["EdDSA"]]);
  });

  test("a key that signs no tokens is none here: secrets, private ones, short ones, of other curves, for encryption, without a name", async () => {
    const secret = { kty: "oct", k: "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", kid: "oct", alg: "HS256" };
    const whole = { ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }), kid: "private" };
    const short = jwk(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey, "short");
    const other = jwk(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey, "other");
    const odd = [jwk(ec, "hmac", { alg: "HS256" }), jwk(rsa, "enc", { use: "enc" }), { ...ec.export({ format: "jwk" }) }, null, "text", { kid: "none", kty: "EC" }];
    server.on(PATH, published([secret, whole, short, other, ...odd, jwk(ec, "good")]));
    const set = setOf();
    for (const kid of ["oct", "private", "short", "other", "hmac", "enc", "none"]) expect(await set.keyOf(kid), kid).toBeNull();
    expect((await set.keyOf("good"))?.kid).toBe("good");
  });
});
