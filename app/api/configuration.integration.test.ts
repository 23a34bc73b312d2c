import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { beginNoting, endNoting } from "#lib/wiring/configuration";
import { ApiGrounds } from "./api-grounds.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
});
afterAll(() => grounds.close());

it("a server that starts notes how it is configured, by no name of its own and with no secret", async () => {
  beginNoting();
  beginNoting();
  await endNoting();
  const [event, ...more] = await grounds.db.auditEvent.findMany({ where: { kind: "configuration-changed" } });
  expect(more).toEqual([]);
  const settings = expect.arrayContaining(["APP_ORIGIN", "AUTH_SECRET"]) as string[];
  expect(event).toMatchObject({ by: null, facts: { process: "app", settings } });
  expect(Object.keys(event?.facts ?? {}).sort()).toEqual(["process", "salt", "settings", "sha256"]);
});
