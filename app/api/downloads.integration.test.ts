import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { keepDeskFile } from "#lib/store/matters";
import { keepRecord } from "#lib/store/records";
import { ApiGrounds } from "./api-grounds.under-test";
import { CAST, SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

// Whatever is taken along is noted, each time, before its first byte is sent: also by a route that somebody writes next year.

const API = import.meta.dirname;
const source = (file: string) => (file.endsWith(".ts") ? readFileSync(file, "utf8") : "");
const HANDS_OUT = "content-disposition";

/** The routes that hand out a file: by themselves, or by a neighbour that they import. */
const found = readdirSync(API, { recursive: true, encoding: "utf8" })
  .filter((file) => {
    if (path.basename(file) !== "route.ts") return false;
    const text = source(path.join(API, file));
    const neighbours = [...text.matchAll(/from "(\.[^"]+)"/g)].map(([, name = ""]) => path.join(API, path.dirname(file), `${name}.ts`));
    return [text, ...neighbours.map(source)].some((one) => one.includes(HANDS_OUT));
  })
  .map((file) => path.dirname(file))
  .sort();

const FILM = `
script: small-film
edition: 1
title: Small, with a film
purpose: To hand in evidence.
environment: test
minutes: 5
expires: { minutes: 5 }
quorum: { approve: 2, of: 3 }
witnesses: { least: 1 }
prerequisites: []
equipment: []
acts:
  - act: only
    title: Only
    steps:
      - { step: film, kind: evidence, title: Film, say: The camera runs., what: File, by: [operator] }
      - { step: sign, kind: sign-off, title: Sign, say: It is true., by: [operator, custodian, witness] }
`;
const BAG = utf8("A photograph of a bag");
const HANDED = utf8("A document that was asked for");

let grounds: ApiGrounds;
let ceremony: SmallCeremony;
let filmed: SmallCeremony;
let plan = "";
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  ceremony = await SmallCeremony.open(grounds);
  filmed = await ceremony.another(FILM, CAST);

  const pdf = (await SealedRecord.make()).pdf;
  const sealed = { ceremony: ceremony.id, sha256: sha256Hex(pdf), pdf, trustAnchor: utf8("A certificate"), sealedAt: new Date().toISOString() };
  await keepRecord(grounds.worker, sealed);

  const cookie = ceremony.cookie("olga");
  const { POST: hand } = await import("./ceremonies/[id]/files/route");
  const headers = { "content-type": "application/octet-stream" };
  const handed = { method: "POST", params: { id: filmed.id }, body: Buffer.from(BAG).toString("latin1"), headers, cookie };
  const { body: file } = await grounds.ask<{ sha256: string; size: number; mediaType: string }>(hand, handed);
  expect((await filmed.act("olga", { act: "open-step", step: "film" })).status).toBe(200);
  const named = { act: "note-evidence", step: "film", name: "bag.txt", kept: "Safe 1", files: [{ name: "bag.txt", ...file }] };
  expect((await filmed.act("olga", named)).body).toMatchObject({ seq: expect.any(Number) as number });

  const keptFile = { sha256: sha256Hex(HANDED), size: HANDED.length, mediaType: "text/plain", bytes: HANDED, by: "adam" };
  await keepDeskFile(grounds.db, keptFile);
  const facts = { matter: "request/r-1", n: 1, file: keptFile.sha256 };
  await grounds.db.auditEvent.create({ data: { kind: "documents-answered", by: "adam", facts } });

  const whole = (days: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 + days * 86_400_000).toISOString();
  const made = await grounds.ask<{ plan: string }>((await import("./plans/route")).POST, {
    method: "POST",
    body: {
      ...{ title: "Root key", startsAt: whole(30), minutes: 240, zone: "Europe/Vienna", room: "Vault", standbyAt: whole(31) },
      cast: CAST.map(([person, role]) => ({ person, role })),
      scriptHash: await scriptHash(),
    },
    cookie,
  });
  expect(made.body).toMatchObject({ plan: expect.any(String) as string });
  plan = made.body.plan;
});
afterAll(() => grounds.close());

const scriptHash = async () => (await grounds.db.scriptEdition.findFirstOrThrow({ where: { script: "small-api" } })).hash;

type Params = Record<string, string>;
type Taking = { readonly kind: string; readonly params?: () => Promise<Params> | Params; readonly query?: string };
const inCeremony = () => ({ id: ceremony.id });
/** Each route that was found, and how the auditor takes what it hands out. */
const TAKING: Record<string, Taking & { readonly route: () => Promise<{ GET: Parameters<ApiGrounds["ask"]>[0] }> }> = {
  "audit/files/[sha256]": {
    ...{ kind: "desk-file-downloaded", params: () => ({ sha256: sha256Hex(HANDED) }), query: "?matter=request%2Fr-1" },
    route: () => import("./audit/files/[sha256]/route"),
  },
  "ceremonies/[id]/files/[sha256]": {
    ...{ kind: "file-downloaded", params: () => ({ id: filmed.id, sha256: sha256Hex(BAG) }) },
    route: () => import("./ceremonies/[id]/files/[sha256]/route"),
  },
  "ceremonies/[id]/pack": { kind: "record-downloaded", params: inCeremony, route: () => import("./ceremonies/[id]/pack/route") },
  "ceremonies/[id]/record": { kind: "record-downloaded", params: inCeremony, route: () => import("./ceremonies/[id]/record/route") },
  "ceremonies/[id]/script": { kind: "file-downloaded", params: inCeremony, route: () => import("./ceremonies/[id]/script/route") },
  "ceremonies/[id]/trust-anchor": {
    ...{ kind: "file-downloaded", params: inCeremony },
    route: () => import("./ceremonies/[id]/trust-anchor/route"),
  },
  "keys/report/[form]": {
    ...{ kind: "register-downloaded", params: () => ({ form: "csv" }) },
    route: () => import("./keys/report/[form]/route"),
  },
  "keys/uses": { kind: "uses-downloaded", query: "?account=billing&day=2026-11-23", route: () => import("./keys/uses/route") },
  "plans/[plan]/calendar": { kind: "file-downloaded", params: () => ({ plan }), route: () => import("./plans/[plan]/calendar/route") },
  "scripts/[hash]/print": {
    ...{ kind: "file-downloaded", params: async () => ({ hash: await scriptHash() }) },
    route: () => import("./scripts/[hash]/print/route"),
  },
};

it("every route that hands out a file is tried here", () => {
  expect(Object.keys(TAKING).sort()).toEqual(found);
});

it.each(Object.entries(TAKING))("%s: one event each time it is taken", async (_, { kind, params, query = "", route }) => {
  const before = (await grounds.db.auditEvent.findFirst({ orderBy: { id: "desc" } }))?.id ?? 0n;
  const events = () =>
    grounds.db.auditEvent.findMany({ where: { id: { gt: before }, kind: { endsWith: "-downloaded" } }, orderBy: { id: "asc" } });
  const { GET } = await route();
  const context = { params: Promise.resolve((await params?.()) ?? {}) };
  for (const times of [1, 2]) {
    const request = new Request(`http://localhost:3000/${query}`, { headers: { cookie: ceremony.cookie("axel") } });
    const answer = await GET(request, context);
    expect([answer.status, answer.headers.has(HANDS_OUT)]).toEqual([200, true]);
    const sha256 = sha256Hex(new Uint8Array(await answer.arrayBuffer()));
    const noted = await events();
    expect(noted.map((event) => [event.kind, event.by])).toEqual(Array(times).fill([kind, "axel"]));
    if (kind === "file-downloaded") expect(noted.at(-1)?.facts).toMatchObject({ what: expect.any(String) as string, sha256 });
  }
});
