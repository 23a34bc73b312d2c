import { afterAll, describe, expect, test } from "vitest";
import { stateOf } from "#lib/ceremony/ceremony";
import { findRecord } from "#lib/store/records";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { productionScript } from "./played-scripts.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

const grounds = await WorkerGrounds.open();
afterAll(() => grounds.close());

describe("the worker plays its part", () => {
  test("in the production script, from the recorder's first entry to the sealed record", async () => {
    const played = await new PlayedCeremony(grounds.app, { script: productionScript() }).open();
    grounds.trust(played.roster);
    const worker = grounds.start();
    const ceremony = await played.playToEnd().catch((fault: unknown) => {
      throw new Error(`${String(fault)}\n${worker.output}`);
    });

    expect(ceremony.closed?.result).toBe("completed");
    expect(stateOf(ceremony, "inventory")?.outcomes[0]?.outcome["inventory"]).toMatchObject({ made: 5, unexpected: [], missing: [], changed: [] });
    await expect.poll(async () => (await findRecord(grounds.app, played.id))?.pdf.length ?? 0, { timeout: 120_000 }).toBeGreaterThan(10_000);

    const labels = (await grounds.tokenObjects()).map(({ objectClass, label }) => `${objectClass} ${label}`);
    expect(labels.filter((label) => label.startsWith("private-key") || label.startsWith("secret-key")).sort()).toEqual([
      "private-key jwt-signing-2026-11",
      "private-key master-2026-11",
      "secret-key api-encryption-2026-11",
      "secret-key database-encryption-2026-11",
      "secret-key session-encryption-2026-11",
    ]);
  });
});
