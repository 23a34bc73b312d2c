import { generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { connect, Socket, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, expect, test } from "vitest";
import type { ClientKey } from "#lib/accounts/grant";
import { grantOf, inForce } from "#lib/accounts/grant.under-test";
import { dayAt } from "#lib/register/evidence.under-test";
import { createRecorderCertificate, serialNumber } from "#lib/x509/certificate-builder";
import { toPem } from "#lib/x509/pem";
import type { LoggedUse } from "#lib/store/key-uses";
import { AccessTokens } from "./access-tokens";
import { certificateShown } from "./client-certificate";
import { httpServer } from "./http-server";
import { KeyUses } from "./key-uses";
import { ProofLimits } from "./proof-limits";
import { RefusalLog } from "./refusal-log";
import { RequestRate } from "./request-rate";
import { TlsFiles } from "./tls-files";
import { UseLog } from "./use-log";

/** A client that is who it is by its TLS certificate (RFC 8705): real TLS, real certificates, real rules. */
const pair = () => generateKeyPairSync("ec", { namedCurve: "prime256v1" });

async function certificateOf({ publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }) {
  const der = await createRecorderCertificate({
    subject: { commonName: "client" },
    spki: Uint8Array.from(publicKey.export({ type: "spki", format: "der" })),
    sign: (data) => Promise.resolve(Uint8Array.from(sign("sha256", data, privateKey))),
    ...{ notBefore: new Date(), notAfter: new Date(Date.now() + 86_400_000), serial: serialNumber(randomBytes(16)) },
  });
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert: toPem("CERTIFICATE", der) };
}

const [mine, others] = [pair(), pair()];
const { x = "", y = "" } = mine.publicKey.export({ format: "jwk" });
const jwk: ClientKey = { kty: "EC", crv: "P-256", x, y };
const grant = inForce(grantOf({ clients: [jwk], random: true }));
const now = () => new Date(dayAt(10));
const known = () => ({ at: dayAt(10), keys: new Map(), grants: new Map([["billing", grant]]) });
const rows: LoggedUse[] = [];
const log = new UseLog(async (group) => void rows.push(...group), () => Promise.resolve());
const tokens = new AccessTokens(null, "test");
const pool = { perform: () => Promise.resolve(new Uint8Array(4)) };
const shares = { count: () => Promise.resolve(), countAgain: () => true };
const uses = new KeyUses({ known, pool, log, shares, rate: new RequestRate(), token: "", name: "test", patienceMs: 100, verifiesAll: true, now });
const endpoint = { known, tokens, log, take: () => Promise.resolve(true), limits: new ProofLimits(), audiences: [], name: "test", now };

const folder = mkdtempSync(path.join(tmpdir(), "claviger-tls-"));
const [keyFile, certificateFile] = [path.join(folder, "key.pem"), path.join(folder, "certificate.pem")];
const own = await certificateOf(pair());
writeFileSync(keyFile, own.key);
writeFileSync(certificateFile, own.cert);
const files = new TlsFiles({ keyFile, certificateFile });
const refusals = new RefusalLog({ log, name: "test", now });
const parts = { endpoint, tokens, uses, refusals, known, health: () => ({ ready: true }), now, say: () => undefined, origin: "https://keys.example" };
const server = httpServer(parts, files);
await new Promise<void>((listening) => server.listen({ host: "127.0.0.1", port: 0 }, listening));
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

type Shown = { readonly key: string; readonly cert: string } | null;
function post(where: string, shown: Shown, type: string, body: string, authorization = ""): Promise<{ status: number; body: Record<string, unknown> }> {
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ ...shown, rejectUnauthorized: false });
  return new Promise((resolve, failed) => {
    const headers = { "content-type": type, authorization };
    const asked = request({ host: "127.0.0.1", port, path: where, method: "POST", headers, agent }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => {
        agent.destroy();
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
      });
    });
    asked.on("error", failed);
    asked.end(body);
  });
}
const form = (account: string) => new URLSearchParams({ grant_type: "client_credentials", client_id: account }).toString();
const token = (shown: Shown, account = "billing") => post("/oauth/token", shown, "application/x-www-form-urlencoded", form(account));
const random = (shown: Shown, access: unknown) => post("/api/v1/random", shown, "application/json", '{"length":4}', `Bearer ${String(access)}`);

test("whoever shows a certificate of a key that the grant names is the account; its token is good over its own connections alone", async () => {
  const shown = await certificateOf(mine);
  const given = await token(shown);
  expect(given.status).toBe(200);
  const access = given.body["access_token"];
  expect((await random(shown, access)).status).toBe(200);
  expect((await random(null, access)).body["name"]).toBe("TOKEN-MISSING");
  expect((await random(await certificateOf(mine), access)).body["name"]).toBe("TOKEN-MISSING");
  expect(rows.map(({ operation, result, account }) => [operation, result, account])).toEqual(
    expect.arrayContaining([["token", "done", "billing"], ["random", "done", "billing"], ["random", "TOKEN-MISSING", null]]),
  );
});

test("another key, another account, or no certificate is nobody, and stands in the log", async () => {
  const first = rows.length;
  expect([await token(await certificateOf(others)), await token(await certificateOf(mine), "mail")].map(({ status }) => status)).toEqual([401, 401]);
  expect((await token(null)).status).toBe(400);
  expect(rows.slice(first).map(({ result, account }) => [result, account])).toEqual([["CLIENT-UNKNOWN", null], ["CLIENT-UNKNOWN", null], ["REQUEST-UNREADABLE", null]]);
});

test("a certificate of a key that no grant can name, on a curve of Brainpool, is that of nobody", async () => {
  const { cert } = await certificateOf(generateKeyPairSync("ec", { namedCurve: "brainpoolP256r1" }));
  const socket = new TLSSocket(new Socket());
  Object.defineProperty(socket, "getPeerX509Certificate", { value: () => new X509Certificate(cert) });
  expect(certificateShown(socket)).toBeNull();
});

test("whoever opens a connection and says nothing is sent away", async () => {
  const patient = httpServer(parts, files, 20);
  await new Promise<void>((listening) => patient.listen({ host: "127.0.0.1", port: 0 }, listening));
  const silent = connect((patient.address() as AddressInfo).port, "127.0.0.1");
  // By an end or by a reset: both close it.
  silent.on("error", () => undefined).resume();
  await new Promise((closed) => silent.once("close", closed));
  await new Promise((closed) => patient.close(closed));
});

test("files that were written anew are seen, once", () => {
  expect(files.areNew).toBe(false);
  utimesSync(certificateFile, new Date(), new Date(Date.now() + 5_000));
  expect(files.areNew).toBe(true);
  expect(files.now().cert.toString()).toBe(own.cert);
  expect(files.areNew).toBe(false);
});
