import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sha256Hex } from "#lib/log/digest";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { keepRecord } from "#lib/store/records";
import { renewalsDue } from "#lib/wiring/desk";
import { due } from "#lib/wiring/due";
import { ApiGrounds } from "./api-grounds.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  const us = await SealedRecord.make();
  const sealedAt = us.signingTime.toISOString();
  const { pdf, certificate: trustAnchor } = us;
  await keepRecord(grounds.worker, { ceremony: us.ceremony.id, sha256: sha256Hex(pdf), pdf, trustAnchor, sealedAt });
});
afterAll(() => grounds.close());

it("a record is due within the year before it ends, and not earlier", async () => {
  const [end = ""] = await renewalsDue("2099-01-01T00:00:00.000Z");
  const before = (days: number) => new Date(Date.parse(end) - days * 86_400_000).toISOString();
  expect(await renewalsDue(before(366))).toEqual([]);
  expect(await renewalsDue(before(365))).toEqual([end]);
});

it("whoever administers is asked, and nobody else", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2099-01-01T00:00:00.000Z") });
  try {
    expect(await due("anna", ["administrator"])).toMatchObject([{ what: "renewal", records: 1, overdue: true }]);
    expect(await due("otto", ["operator"])).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
