import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Called } from "./calls";
import { ClavigerClient, type ClientOptions } from "./claviger-client";
import { ClientProblem } from "./client-problem";
import { provedByCertificate, provedByKey } from "./client-proof";
import { answering, cut, cutWithin, KeyServer, refusing, silent, type Behaviour } from "./key-server.under-test";

/** The client over real sockets, against a key process that does what a test says. */
const SIGN = "/api/v1/keys/seal/sign";
const TOKENS = "/api/v1/keys/jwt/tokens";
const named = { key: "a".repeat(64), kid: "k".repeat(43), algorithm: "ES256", use: "row-7" };
const signed = answering({ ...named, signature: "c2lnbmVk" });
const issued = answering({ ...named, token: "a.b.c", expires: 1_900 });
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });

let server: KeyServer;
let called: Called[];
const clients: ClavigerClient[] = [];
beforeEach(async () => {
  server = await KeyServer.open();
  called = [];
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

function clientOf(options: Partial<ClientOptions> = {}): ClavigerClient {
  const onCalled = (one: Called) => called.push(one);
  // Waiting times are nothing where chance is nothing.
  const client = new ClavigerClient({ url: server.url, proof: provedByKey("billing", privateKey), chance: () => 0, onCalled, ...options });
  clients.push(client);
  return client;
}
const data = Buffer.from("what is signed");
const sign = (client: ClavigerClient, options = {}) => client.sign("seal", "ES256", data, options);
const problemOf = (call: Promise<unknown>): Promise<ClientProblem> =>
  call.then(
    () => Promise.reject(new Error("it was answered")),
    (fault: unknown) => (fault instanceof ClientProblem ? fault : Promise.reject(fault as Error)),
  );

describe("a call", () => {
  test("proves the client once, sends what the interface describes, and reads what comes", async () => {
    server.on(SIGN, signed);
    const client = clientOf({ origin: "https://keys.example", scope: ["sign:seal"] });
    const said = await sign(client);
    expect(said).toEqual({ ...named, signature: new Uint8Array(Buffer.from("signed")) });
    await sign(client);
    const [asked, ...others] = server.of("/oauth/token");
    expect(others).toEqual([]);
    const form = new URLSearchParams(asked?.body);
    expect([form.get("grant_type"), form.get("scope")]).toEqual(["client_credentials", "sign:seal"]);
    const [head = "", body = "", tail = ""] = (form.get("client_assertion") ?? "").split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: "billing", sub: "billing", aud: "https://keys.example/oauth/token" });
    const scheme = { key: createPublicKey(publicKey.export({ type: "spki", format: "pem" })), dsaEncoding: "ieee-p1363" } as const;
    expect(verify("sha256", Buffer.from(`${head}.${body}`), scheme, Buffer.from(tail, "base64url"))).toBe(true);
    const [first] = server.of(SIGN);
    expect(first?.headers).toMatchObject({ authorization: "Bearer given-1", "content-type": "application/json" });
    expect(JSON.parse(first?.body ?? "")).toEqual({ algorithm: "ES256", data: data.toString("base64url") });
    expect(called).toMatchObject([
      { operation: "token", status: 200, code: null, tries: 1 },
      { operation: "sign", status: 200, code: null, tries: 1 },
      { operation: "sign", status: 200, code: null, tries: 1 },
    ]);
  });

  test("asks for one token, however many callers wait for it", async () => {
    server.on(SIGN, signed);
    const client = clientOf();
    await Promise.all(Array.from({ length: 20 }, () => sign(client)));
    expect([server.of("/oauth/token").length, server.of(SIGN).length]).toEqual([1, 20]);
  });

  test("that was done is done, whatever comes over who is told of it; one that failed keeps its own problem", async () => {
    server.on(SIGN, signed, refusing("KEY-STATE", 403));
    const told: string[] = [];
    const throwing = ({ operation }: Called) => {
      told.push(operation);
      throw new Error("the disk is full");
    };
    const client = clientOf({ onCalled: throwing });
    expect((await sign(client)).use).toBe("row-7");
    expect(await problemOf(sign(client))).toMatchObject({ code: "KEY-STATE" });
    expect(told).toEqual(["token", "sign", "sign"]);
    // A rejection that nobody handles would end the process, and this run.
    server.on(SIGN, signed);
    const rejecting = (): unknown => Promise.reject(new Error("the disk is full"));
    expect((await sign(clientOf({ onCalled: rejecting }))).use).toBe("row-7");
  });

  test("may take as long as it likes", async () => {
    server.on(SIGN, signed);
    expect((await sign(clientOf({ timeoutMs: Infinity, deadlineMs: Infinity }), { deadlineMs: Infinity })).use).toBe("row-7");
  });

  test("with a certificate sends no assertion; a certificate is for https", async () => {
    server.on(SIGN, signed);
    await sign(clientOf({ proof: provedByCertificate("billing") }));
    expect(server.of("/oauth/token")[0]?.body).toBe("grant_type=client_credentials&client_id=billing");
    expect(() => clientOf({ certificate: { key: "", cert: "" } })).toThrow(TypeError);
  });

  test("refuses addresses at which a token would travel in the clear, and names that are no name", async () => {
    for (const url of ["http://keys.example", "ftp://keys.example", "https://keys.example/api", "https://a:b@keys.example"]) {
      expect(() => clientOf({ url }), url).toThrow(TypeError);
    }
    await expect(clientOf().sign("../../oauth", "ES256", data)).rejects.toThrow(TypeError);
    expect(server.heard).toEqual([]);
  });
});

describe("a token that is refused", () => {
  test("is asked for anew once, and the call is made again with the new one", async () => {
    server.on(SIGN, refusing("TOKEN-MISSING", 401), signed);
    await sign(clientOf());
    expect(server.of(SIGN).map(({ headers }) => headers.authorization)).toEqual(["Bearer given-1", "Bearer given-2"]);
  });

  test("and refused again is a problem, not a loop", async () => {
    server.on(SIGN, refusing("TOKEN-MISSING", 401));
    expect(await problemOf(sign(clientOf()))).toMatchObject({ code: "TOKEN-MISSING", status: 401 });
    expect(server.of(SIGN)).toHaveLength(2);
  });

  test("is issued anew also for what may not happen twice: what was refused so was not looked at", async () => {
    server.on(TOKENS, refusing("TOKEN-MISSING", 401), issued);
    expect(await clientOf().issueToken("jwt", { claims: { sub: "anna" } })).toMatchObject({ token: "a.b.c", expires: 1_900 });
  });

  test("does not make anybody forget that a try before it may have been acted on", async () => {
    server.on(SIGN, cut, refusing("TOKEN-MISSING", 401), refusing("KEY-STATE", 403));
    expect(await problemOf(sign(clientOf()))).toMatchObject({ code: "KEY-STATE", status: 403, hasBegun: true });
    expect(server.of(SIGN)).toHaveLength(3);
  });

  test("to a client that nobody knows is told in the words of the process, at once", async () => {
    server.on("/oauth/token", answering({ error: "invalid_client", error_description: "CLIENT-UNKNOWN: no grant that is in force names this client" }, 401));
    const told = await problemOf(sign(clientOf()));
    expect(told).toMatchObject({ code: "CLIENT-UNKNOWN", status: 401, detail: "no grant that is in force names this client" });
    expect(server.heard).toHaveLength(1);
  });
});

describe("tries again", () => {
  test.each([
    ["429", refusing("RATE-PASSED", 429, { "retry-after": "0" })],
    ["503", refusing("QUEUE-FULL", 503, { "retry-after": "0" })],
    ["502 of something before it", answering("<html>", 502)],
    ["an answer cut off", cutWithin],
    ["a connection that ends", cut],
  ] satisfies [string, Behaviour][])("after %s, what may be done twice", async (_, behaviour) => {
    server.on(SIGN, behaviour, behaviour, signed);
    expect((await sign(clientOf())).use).toBe("row-7");
    expect(server.of(SIGN)).toHaveLength(3);
    expect(called.at(-1)).toMatchObject({ operation: "sign", code: null, tries: 3 });
  });

  test.each([
    ["429", refusing("RATE-PASSED", 429, { "retry-after": "0" })],
    ["503", refusing("LOG-UNAVAILABLE", 503, { "retry-after": "0" })],
  ])("after %s of the process itself, a token: nothing came of the first", async (_, behaviour) => {
    server.on(TOKENS, behaviour, issued);
    await clientOf().issueToken("jwt");
    expect(server.of(TOKENS)).toHaveLength(2);
  });

  test("never a token that may have been issued: of an answer cut off, or of something that stands between", async () => {
    for (const [behaviour, code] of [[cut, "CONNECTION-LOST"], [cutWithin, "CONNECTION-LOST"], [answering("<html>", 503), "ANSWER-UNREADABLE"]] as const) {
      server.on(TOKENS, behaviour, issued);
      const before = server.of(TOKENS).length;
      expect(await problemOf(clientOf().issueToken("jwt"))).toMatchObject({ code, hasBegun: true });
      expect(server.of(TOKENS).length - before).toBe(1);
    }
  });

  test("never a token that may have been issued: nor when a gateway's answer is JSON, of whatever kind", async () => {
    const said = [{ error: "Gateway Timeout" }, { error: "invalid_client", error_description: "CLIENT-UNKNOWN: no" }, { type: "about:blank", title: "Gateway Timeout", status: 504 }];
    for (const body of said) {
      server.on(TOKENS, answering(body, 504), issued);
      const before = server.of(TOKENS).length;
      const told = await problemOf(clientOf().issueToken("jwt"));
      expect(told).toMatchObject({ type: "urn:claviger:client:ANSWER-UNREADABLE", status: 504, hasBegun: true });
      expect(server.of(TOKENS).length - before).toBe(1);
    }
  });

  test("an access token, whatever a gateway says of it; it is told as the gateway's word, and not as that of the process", async () => {
    server.on(SIGN, signed);
    server.on("/oauth/token", answering({ error: "Gateway Timeout" }, 504), answering({ access_token: "given", expires_in: 300 }));
    expect((await sign(clientOf())).use).toBe("row-7");
    server.on("/oauth/token", answering({ error: "Gateway Timeout" }, 504));
    expect(await problemOf(sign(clientOf({ retries: 0 })))).toMatchObject({ type: "urn:claviger:client:ANSWER-UNREADABLE", status: 504, hasBegun: true });
  });

  test("never what was refused: it would be refused again", async () => {
    server.on(SIGN, refusing("KEY-STATE", 403));
    expect(await problemOf(sign(clientOf()))).toMatchObject({
      ...{ type: "urn:claviger:problem:KEY-STATE", code: "KEY-STATE", status: 403, title: "It is refused.", detail: "Do something else.", use: "row-1" },
      hasBegun: false,
    });
    expect(server.of(SIGN)).toHaveLength(1);
  });

  test("where nothing listens: nothing can have been done, so a token as well", async () => {
    const place = createServer();
    await new Promise<void>((listening) => place.listen({ host: "127.0.0.1", port: 0 }, listening));
    const { port } = place.address() as AddressInfo;
    await new Promise((closed) => place.close(closed));
    const client = clientOf({ url: `http://127.0.0.1:${String(port)}`, retries: 2 });
    expect(await problemOf(client.issueToken("jwt"))).toMatchObject({ code: "UNREACHABLE", status: null, hasBegun: false });
    expect(called).toMatchObject([{ operation: "token", tries: 3, code: "UNREACHABLE" }]);
  });

  test("as often as it was told and no more, and no longer than its time: a wait beyond that is not begun", async () => {
    server.on(SIGN, refusing("QUEUE-FULL", 503, { "retry-after": "0" }));
    expect(await problemOf(sign(clientOf({ retries: 1 })))).toMatchObject({ code: "QUEUE-FULL" });
    expect(server.of(SIGN)).toHaveLength(2);
    server.on(SIGN, refusing("RATE-PASSED", 429, { "retry-after": "60" }));
    expect(await problemOf(sign(clientOf()))).toMatchObject({ code: "RATE-PASSED", retryAfterMs: 60_000 });
    expect(server.of(SIGN)).toHaveLength(3);
  });
});

describe("an answer that does not come", () => {
  test("ends a try by its time, and all tries by theirs", async () => {
    // Both hold a token and a connection before their time counts: it is for the silent answer alone.
    server.on(SIGN, signed);
    const [patient, hasty] = [clientOf({ timeoutMs: 1_000, deadlineMs: 60_000, retries: 20 }), clientOf({ timeoutMs: 60_000 })];
    await Promise.all([sign(patient), sign(hasty)]);
    const before = server.of(SIGN).length;
    server.on(SIGN, silent, signed);
    await sign(patient);
    expect(server.of(SIGN).length - before).toBeGreaterThan(1);
    server.on(SIGN, silent);
    expect(await problemOf(sign(hasty, { deadlineMs: 1_000 }))).toMatchObject({ code: "OUT-OF-TIME", hasBegun: true });
  });

  test("ends with the caller's signal, by its reason; others go on waiting for the same token", async () => {
    let give: () => void = () => undefined;
    server.on("/oauth/token", (response, heard) => {
      give = () => answering({ access_token: "late", expires_in: 300 })(response, heard);
    });
    server.on(SIGN, signed);
    const client = clientOf();
    const stop = new AbortController();
    const [first, second] = [sign(client, { signal: stop.signal }), sign(client)];
    await expect.poll(() => server.of("/oauth/token").length, { timeout: 30_000 }).toBe(1);
    stop.abort(new Error("nobody wants it any more"));
    await expect(first).rejects.toThrow("nobody wants it any more");
    give();
    expect((await second).use).toBe("row-7");
    const running = new AbortController();
    server.on(SIGN, silent);
    const third = sign(client, { signal: running.signal });
    await expect.poll(() => server.of(SIGN).length, { timeout: 30_000 }).toBe(2);
    running.abort(new Error("stopped"));
    await expect(third).rejects.toThrow("stopped");
    expect(called.at(-1)).toMatchObject({ operation: "sign", code: "ABORTED" });
  });
});

describe("an answer that is none", () => {
  test("does not tell, in what it was caused by, what Node read of it", async () => {
    const body = JSON.stringify({ access_token: "secret-token", expires_in: 300 });
    server.on("/oauth/token", (response) => response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: ${String(body.length)}\r\nno header\r\n\r\n${body}`));
    const told = await problemOf(sign(clientOf({ retries: 0 })));
    expect(told).toMatchObject({ code: "CONNECTION-LOST", cause: { code: "HPE_INVALID_HEADER_TOKEN", message: expect.stringContaining("Parse Error") as string } });
    expect(Object.keys(told.cause as object)).toEqual(["code"]);
  });

  test.each([
    ["no JSON", answering("hello")],
    ["a list", answering("[]")],
    ["a member missing", answering({ ...named })],
    ["bytes in another spelling", answering({ ...named, signature: "c2lnbmVk=" })],
    ["more than any answer has", answering({ ...named, signature: "A".repeat(1_100_000) })],
    ["another address", answering("", 302, { location: "http://127.0.0.1:1/" })],
  ])("is called so: %s", async (_, behaviour) => {
    server.on(SIGN, behaviour);
    expect(await problemOf(sign(clientOf()))).toMatchObject({ type: "urn:claviger:client:ANSWER-UNREADABLE" });
    expect(server.of(SIGN)).toHaveLength(1);
  });

  test("what is valid is true and nothing like it", async () => {
    server.on("/api/v1/keys/seal/verify", answering({ ...named, valid: "false" }));
    expect(await problemOf(clientOf().verify("seal", "ES256", data, data))).toMatchObject({ code: "ANSWER-UNREADABLE" });
    server.on("/api/v1/random", answering({ use: "row-1", bytes: "AAAA" }));
    expect(await problemOf(clientOf().random(32))).toMatchObject({ code: "ANSWER-UNREADABLE" });
  });
});
