import { generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { basicConstraints, certificateBody, serialNumber, signedBody } from "#lib/x509/certificate-builder";
import { distinguishedName } from "#lib/x509/distinguished-name";
import { toPem } from "#lib/x509/pem";
import { ClavigerClient } from "./claviger-client";
import { provedByCertificate } from "./client-proof";
import { timerMs, Wire } from "./wire";

/** Mutual TLS over real sockets (RFC 8705): the server says whose certificate it was shown. */
function certified({ publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }, commonName: string) {
  const name = distinguishedName({ commonName });
  const body = certificateBody({
    ...{ algorithm: "ES256", serial: serialNumber(randomBytes(16)), issuer: name, subject: name, spki: publicKey.export({ type: "spki", format: "der" }) },
    ...{ notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 86_400_000), extensions: [basicConstraints({ pathLength: null })] },
  });
  const der = signedBody(body, "ES256", sign("sha256", body, privateKey));
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert: toPem("CERTIFICATE", der) };
}
const pair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const [ofServer, ofClient, ofOther] = [certified(pair(), "localhost"), certified(pair(), "shop"), certified(pair(), "localhost")];

const shown: (string | null)[] = [];
const server: Server = createServer({ ...ofServer, requestCert: true, rejectUnauthorized: false }, (request, response) => {
  const certificate = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined;
  shown.push(certificate?.fingerprint256 ?? null);
  const isToken = request.url === "/oauth/token";
  request.resume().on("end", () => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(isToken ? { access_token: "bound", expires_in: 300 } : { use: "row-1", bytes: "AAAA" }));
  });
});
await new Promise<void>((listening) => server.listen({ host: "127.0.0.1", port: 0 }, listening));
const url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
const clients: ClavigerClient[] = [];
afterAll(() => {
  for (const client of clients) client.close();
  server.close();
});

function clientOf(ca: string, sockets = 1): ClavigerClient {
  const client = new ClavigerClient({ url, proof: provedByCertificate("shop"), certificate: ofClient, ca, sockets, retries: 0 });
  clients.push(client);
  return client;
}

test("the certificate is shown for the token and with every use of it", async () => {
  expect(await clientOf(ofServer.cert).random(3)).toEqual(new Uint8Array(3));
  const { fingerprint256 } = new X509Certificate(ofClient.cert);
  expect(shown).toEqual([fingerprint256, fingerprint256]);
});

test("a server that the authority did not certify is told nothing: no request has left", async () => {
  const before = shown.length;
  await expect(clientOf(ofOther.cert).random(3)).rejects.toMatchObject({ code: "UNREACHABLE", hasBegun: false, cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } });
  expect(shown).toHaveLength(before);
});

test("what is no certificate, and a key that is not the certificate's, is said at once, without what stands in it", () => {
  const wire = (more: object) => () => new Wire(url, { sockets: 1, ca: null, certificate: null, ...more });
  const broken = ofServer.cert.replace(/\n[^-]{20}/, "\nAAAAAAAAAAAAAAAAAAAA");
  for (const ca of ["", "a secret", broken, `${ofServer.cert}\n${broken}`]) expect(wire({ ca })).toThrow(new TypeError("ca is one or more certificates, PEM"));
  expect(wire({ ca: `An authority\n${ofServer.cert}\nand another\n${ofOther.cert}` })).not.toThrow();
  const pairs = [{ key: "", cert: "" }, { key: "a secret", cert: ofClient.cert }, { key: ofClient.key, cert: "a secret" }, { key: ofClient.key, cert: broken }];
  for (const certificate of [...pairs, { key: ofClient.key, cert: ofOther.cert }, { key: ofClient.key, cert: `${ofClient.cert}\n${broken}` }]) {
    expect(wire({ certificate })).toThrow(new TypeError("certificate is a private key and its certificate, PEM"));
  }
  expect(wire({ certificate: { key: ofClient.key, cert: `${ofClient.cert}\n${ofOther.cert}` } })).not.toThrow();
});

test("a timer never rings before its time, and waits at most as long as Node can", () => {
  expect([0.2, 199.4, 200, Infinity].map(timerMs)).toEqual([1, 200, 200, 2_147_483_647]);
});
