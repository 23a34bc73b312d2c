import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifyAssertion } from "#lib/ceremony/assertion";
import { base64url, hex } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { freePort } from "../setup/port.mjs";
import { CAST } from "./cast";
import { startCompanion } from "./companion";
import { PasskeyFile } from "./passkey-file";
import { Performance } from "./performance";
import { Seats } from "./seats";
import { Visitor } from "./visitor";

/** An app that answers as far as these tests go: it signs anybody in, has one page, and one stream that never ends by itself. */
function standIn(): Server {
  return createServer((asked, answer) => {
    const json = (value: unknown) => answer.setHeader("content-type", "application/json").end(JSON.stringify(value));
    switch (asked.url) {
      case "/api/auth/csrf":
        return json({ csrfToken: "t" });
      case "/api/passkey/challenge":
        return json({ challengeId: "1", options: { challenge: "AAAA" } });
      case "/api/auth/callback/passkey":
        answer.setHeader("set-cookie", [
          "next-auth.session-token=s3ssion; Path=/; HttpOnly; SameSite=Lax",
          "next-auth.csrf-token=x; Path=/",
        ]);
        return json({ url: "/" });
      case "/live":
        answer.writeHead(200, { "content-type": "text/event-stream" });
        answer.write("event: change\ndata: 1\n\n");
        return undefined;
      case "/echo":
        return asked.pipe(answer);
      default:
        answer
          .setHeader("content-security-policy", "script-src 'nonce-abc'")
          .setHeader("content-type", "text/html; charset=utf-8");
        return answer.end(`<html><head></head><body>${asked.headers.cookie ?? ""}|${asked.headers.host ?? ""}</body></html>`);
    }
  });
}

let folder: string;
let app: Server;
let port: number;
let origin: string;
let passkeys: PasskeyFile;
let performance: Performance;
let seats: Seats;
let close: () => Promise<void>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "companion-"));
  app = standIn();
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  port = await freePort();
  origin = `http://localhost:${String(port)}`;
  const address = { port: (app.address() as AddressInfo).port, origin, rpId: "localhost" };
  passkeys = new PasskeyFile(path.join(folder, "passkeys.json"));
  const visitors = new Map(CAST.map(({ seat }) => [seat, new Visitor(address, passkeys.make(seat))]));
  performance = new Performance();
  performance.ceremony = "c-1";
  seats = new Seats();
  ({ close } = await startCompanion({
    port,
    app: address,
    visitors,
    passkeys,
    seats,
    performance,
    openAnother: () => Promise.resolve("c-2"),
  }));
});

afterEach(async () => {
  await close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  rmSync(folder, { recursive: true });
});

const go = (where: string, init: RequestInit = {}) => fetch(`${origin}${where}`, { redirect: "manual", ...init });
const send = (where: string, body: string | URLSearchParams, headers: Record<string, string> = {}) =>
  go(where, { method: "POST", body, headers: { origin, ...headers } });
const stepIn = (person: string, more: Record<string, string> = {}) =>
  send("/demo/step-in", new URLSearchParams({ person, ...more }));
const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(";")[0]);
const seatOf = (answer: Response) => cookiesOf(answer).find((pair) => pair?.startsWith("claviger-demo-browser")) ?? "";

test("sends somebody without a seat from the front door to the cast, and nobody else", async () => {
  const first = await go("/");
  expect([first.status, first.headers.get("location")]).toEqual([303, "/demo"]);
  const seated = await go("/", { headers: { cookie: seatOf(await stepIn("cto")) } });
  expect(seated.status).toBe(200);
});

test("the first page offers every seat, without any script or style of another place", async () => {
  const page = await go("/demo");
  const html = await page.text();
  for (const { seat, name } of CAST) {
    expect(html).toContain(`value="${seat}"`);
    expect(html).toContain(name);
  }
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(html).not.toMatch(/style="|<script>| on[a-z]+="/);
});

test("hands the session it signed in with to the browser, and takes it to the room", async () => {
  const answer = await stepIn("ciso");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/ceremonies/c-1"]);
  expect(cookiesOf(answer)).toEqual([
    expect.stringMatching(/^claviger-demo-browser=[0-9a-f]{32}\.6369736f$/),
    "next-auth.session-token=s3ssion",
  ]);
  expect([...seats.people()]).toEqual(["ciso"]);
});

test("goes on at the page it was asked to, but never at another site", async () => {
  expect((await stepIn("ciso", { next: "/ceremonies/c-1/display" })).headers.get("location")).toBe("/ceremonies/c-1/display");
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"]) {
    expect((await stepIn("ciso", { next })).headers.get("location")).toBe("/ceremonies/c-1");
  }
});

test("another site can neither step in nor sign", async () => {
  const elsewhere = { origin: "https://evil.example" };
  for (const where of ["/demo/step-in", "/demo/assertion", "/demo/play", "/demo/another"]) {
    expect((await send(where, "{}", elsewhere)).status).toBe(403);
  }
  expect([...seats.people()]).toEqual([]);
});

test("leaving the seat ends the session in the browser", async () => {
  const seat = seatOf(await stepIn("ciso"));
  const left = await send("/demo/step-out", "", { cookie: `${seat}; next-auth.session-token=s3ssion` });
  expect(left.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^claviger-demo-browser=; .*Max-Age=0/),
    expect.stringMatching(/^next-auth\.session-token=; .*Max-Age=0/),
  ]);
  expect([...seats.people()]).toEqual([]);
});

test("knows a browser by its cookie wherever that stands among the others", async () => {
  const seat = seatOf(await stepIn("ciso"));
  for (const cookie of [`a=b; ${seat}`, `${seat}; a=b`, `x-${seat}; ${seat}`]) {
    expect(await (await go("/demo/state", { headers: { cookie } })).json()).toMatchObject({ me: "ciso" });
  }
  for (const cookie of [`x-${seat}`, "claviger-demo-browser=%", `claviger-demo-browser=${"0".repeat(32)}.%`]) {
    expect(await (await go("/demo/state", { headers: { cookie } })).json()).toMatchObject({ me: null });
  }
});

test("a browser keeps its seat when the demo is started again", async () => {
  const seat = seatOf(await stepIn("ciso"));
  seats.leave(/=([0-9a-f]{32})/.exec(seat)?.[1] ?? "");
  const state = (await (await go("/demo/state", { headers: { cookie: seat } })).json()) as { me: string };
  expect(state.me).toBe("ciso");
  expect([...seats.people()]).toEqual(["ciso"]);
});

test("puts its script into the app's pages with their nonce, and passes cookies and host on", async () => {
  const page = await go("/somewhere", { headers: { cookie: "a=b" } });
  expect(await page.text()).toBe(
    `<html><head><script src="/demo/in-page.js" nonce="abc"></script></head><body>a=b|localhost:${String(port)}</body></html>`,
  );
});

test("passes live events on as they come, and bodies whole", async () => {
  const live = await go("/live");
  const reader = (live.body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("event: change\ndata: 1\n\n");
  await reader.cancel();
  const sent = "x".repeat(300_000);
  expect(await (await send("/echo", sent)).text()).toBe(sent);
});

test("signs what a page asks with the passkey of the person stepped in", async () => {
  const seat = seatOf(await stepIn("ciso"));
  const challenge = new Uint8Array(32).fill(5);
  const asked = JSON.stringify({ challenge: base64url(challenge), allowed: [] });
  const { credential } = (await (await send("/demo/assertion", asked, { cookie: seat })).json()) as {
    credential: { id: string; response: Record<string, string> };
  };
  const passkey = passkeys.find("ciso");
  expect(credential.id).toBe(passkey?.credentialId);
  const rp = { id: "localhost", origins: [origin] };
  const known = { id: credential.id, algorithm: "ES256" as const, spki: passkey?.spki ?? "", aaguid: "", synced: false };
  const { authenticatorData = "", clientDataJSON = "", signature = "" } = credential.response;
  const assertion = { credentialId: credential.id, authenticatorData, clientDataJSON, signature };
  expect(await verifyAssertion(webCryptoVerifier, rp, known, hex(challenge), assertion)).toMatchObject({ ok: true });
});

test("does not sign where the page allows only another passkey, nor for nobody", async () => {
  const seat = seatOf(await stepIn("ciso"));
  const others = JSON.stringify({ challenge: "AAAA", allowed: [passkeys.find("cto")?.credentialId] });
  expect(await (await send("/demo/assertion", others, { cookie: seat })).json()).toEqual({ refused: "not-allowed" });
  const nobody = JSON.stringify({ challenge: "AAAA", allowed: [] });
  expect(await (await send("/demo/assertion", nobody)).json()).toEqual({ refused: "choose-a-person" });
});

test("answers to no other name than its own", async () => {
  const asked = (host: string, method: string) =>
    new Promise<{ status: number; location: string | undefined }>((resolve) => {
      request({ host: "127.0.0.1", port, method, path: "/demo", headers: { host } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
      }).end();
    });
  expect(await asked(`127.0.0.1:${String(port)}`, "GET")).toEqual({ status: 307, location: `${origin}/demo` });
  expect((await asked("rebound.example", "POST")).status).toBe(421);
});

test("while the app is away it says so, and that nothing is lost", async () => {
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  const page = await go("/ceremonies/c-1", { headers: { accept: "text/html" } });
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("Nothing that was entered is lost");
  app = standIn(); // for afterEach
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
});

test("another ceremony is opened only when somebody asks, and becomes the one that is played", async () => {
  const answer = await send("/demo/another", "");
  expect([answer.status, performance.ceremony]).toEqual([303, "c-2"]);
});

test("passkeys are kept where only their owner reads them, and found again", () => {
  const file = path.join(folder, "passkeys.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(new PasskeyFile(file).find("ciso")).toEqual(passkeys.find("ciso"));
});
