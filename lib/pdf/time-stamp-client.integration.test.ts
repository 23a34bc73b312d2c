import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readTimeStamp } from "#lib/record/time-stamp";
import { verifySeal, type SealOptions } from "#lib/record/verify-seal";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { cmsIn, signerInfo, withCms } from "./forgery.under-test";
import { sealPdf } from "./seal-pdf";
import { drawnSample, makeRecorder, sealer, type Sealer } from "./sealing.under-test";
import { TimeStampAuthority } from "./time-stamp-authority.under-test";
import { timeStampClient, TimeStampFault, type TimeStampClientOptions } from "./time-stamp-client";

let us: Sealer;
let authority: TimeStampAuthority;
beforeAll(async () => {
  us = await sealer();
  authority = await TimeStampAuthority.start();
});
afterEach(() => {
  authority.answer = null;
});
afterAll(() => authority.stop());

const client = (options: Partial<TimeStampClientOptions> = {}) =>
  timeStampClient({ url: authority.url, verifier: webCryptoVerifier, ...options });
const data = new TextEncoder().encode("what is stamped");
const failed = async (file: Uint8Array, options: Partial<SealOptions>) => {
  const { checks } = await verifySeal(file, { trustAnchor: us.recorder.certificate, verifier: webCryptoVerifier, ...options });
  return checks.find(({ ok }) => !ok)?.name ?? null;
};

test("a record sealed with a time stamp is accepted, and its time is the authority's", async () => {
  const sealed = await sealPdf(await drawnSample(), { signer: us.signer, timeStamp: client() });
  const verdict = await verifySeal(sealed, {
    trustAnchor: us.recorder.certificate, verifier: webCryptoVerifier, timeStampAnchors: [authority.root], requireTimeStamp: true,
  });
  expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict.sealedAt?.by).toBe("time-stamp authority");
  expect(Math.abs((verdict.sealedAt?.at ?? 0) - Date.now())).toBeLessThan(60_000);
});

test("[timestamp] refuses a record without its stamp where one is required, and only there", async () => {
  const sealed = await sealPdf(await drawnSample(), { signer: us.signer, timeStamp: client() });
  const stripped = withCms(sealed, signerInfo(cmsIn(sealed), (fields) => fields.slice(0, -1)));
  expect(await failed(stripped, {})).toBe(null);
  expect(await failed(stripped, { timeStampAnchors: [authority.root], requireTimeStamp: true })).toBe("timestamp");
});

test("[timestamp] refuses a stamp moved from another record", async () => {
  const sealed = await sealPdf(await drawnSample(), { signer: us.signer, timeStamp: client() });
  const other = await sealPdf(await drawnSample(), { signer: us.signer, timeStamp: client() });
  let stamp = new Uint8Array();
  signerInfo(cmsIn(other), (fields) => {
    stamp = Uint8Array.from(fields.at(-1) ?? []);
    return fields;
  });
  expect(await failed(withCms(sealed, signerInfo(cmsIn(sealed), (fields) => [...fields.slice(0, -1), stamp])), {})).toBe("timestamp");
});

test("[timestamp] refuses an authority that is not among those trusted", async () => {
  const sealed = await sealPdf(await drawnSample(), { signer: us.signer, timeStamp: client() });
  expect(await failed(sealed, { timeStampAnchors: [(await makeRecorder()).certificate] })).toBe("timestamp");
  expect(await failed(sealed, { requireTimeStamp: true })).toBe("timestamp");
});

test("the client returns a token over the data, under the policy asked for", async () => {
  const token = readTimeStamp(await client({ policy: authority.policy })(data));
  expect(token.policy).toBe(authority.policy);
  await expect(client({ policy: "1.3.6.1.4.1.32473.2" })(data)).rejects.toThrow(TimeStampFault);
});

test("the client takes a token signed by RSA over SHA-512 under a root over SHA-384, as public authorities have them", async () => {
  const large = await TimeStampAuthority.start("Large stamps", { large: true });
  const { signed } = readTimeStamp(await client({ url: large.url, anchor: large.root })(data));
  expect([signed.algorithm, signed.signer.algorithm, readCertificate(large.root).algorithm]).toEqual(["RS512", "RS512", "RS384"]);
  await large.stop();
});

test("the client refuses an answer given before: another nonce", async () => {
  await client()(data);
  const kept = authority.replies.at(-1);
  authority.answer = () => ({ status: 200, body: kept ?? Buffer.alloc(0) });
  await expect(client()(data)).rejects.toThrow("answers another request");
});

test("the client refuses an answer for other data", async () => {
  await client()(data);
  const kept = authority.replies.at(-1);
  authority.answer = () => ({ status: 200, body: kept ?? Buffer.alloc(0) });
  await expect(client()(new Uint8Array(3))).rejects.toThrow("for other data");
});

test.each([
  ["HTTP 500", { status: 500, body: Buffer.alloc(0) }, "HTTP status 500"],
  ["a page of HTML", { status: 200, body: Buffer.from("<html>") }, "cannot be read"],
  ["nothing", { status: 200, body: Buffer.alloc(0) }, "cannot be read"],
  ["a refusal", { status: 200, body: Buffer.from("3005300302010200".slice(0, 14), "hex") }, "refused with status 2"],
  ["an endless answer", { status: 200, body: Buffer.alloc(100_000) }, "too large"],
])("the client refuses %s", async (_, answer, why) => {
  authority.answer = () => answer;
  await expect(client()(data)).rejects.toThrow(why);
});

test("the client says so when nobody answers", async () => {
  await expect(client({ url: "http://127.0.0.1:9/" })(data)).rejects.toThrow("cannot be reached");
});

test("the client refuses an authority that takes its time, before the answer and in the middle of it", async () => {
  for (const drip of ["nothing", "headers"] as const) {
    const slow = createServer((_request, response) => {
      if (drip === "headers") response.writeHead(200, { "content-type": "application/timestamp-reply" }).write("0");
    });
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${String((slow.address() as AddressInfo).port)}/`;
    await expect(client({ url, timeoutMs: 200 })(data)).rejects.toThrow("does not answer within 0.2 seconds");
    slow.closeAllConnections();
    await new Promise((resolve) => slow.close(resolve));
  }
});

test("the client refuses a stamp that says another time than now", async () => {
  await expect(client({ now: () => new Date(Date.now() + 180_000) })(data)).rejects.toThrow("which is not now");
  await expect(client({ now: () => new Date(Date.now() - 180_000) })(data)).rejects.toThrow("which is not now");
});

test("the client refuses a stamp whose signature a verifier would not accept", async () => {
  authority.answer = (reply) => {
    const body = Buffer.from(reply);
    body[body.length - 1] = (body.at(-1) ?? 0) ^ 1; // the last byte is the signature's
    return { status: 200, body };
  };
  await expect(client()(data)).rejects.toThrow("its signature does not verify");
});

test("the client refuses another authority than the one it was told, and takes that one", async () => {
  const stranger = await TimeStampAuthority.start("Strange stamps");
  await expect(client({ url: stranger.url, anchor: authority.root })(data)).rejects.toThrow("leads to none");
  await stranger.stop();
  await expect(client({ anchor: authority.root })(data)).resolves.toBeInstanceOf(Uint8Array);
});
