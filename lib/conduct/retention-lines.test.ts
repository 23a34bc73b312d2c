import { expect, it } from "vitest";
import type { KeptRecord } from "./destroy-record";
import { retentionLinesOf, type RetentionPorts } from "./retention-lines";

const kept = (ceremony: string): KeptRecord => ({
  ...{ ceremony, title: "Root key", mode: "production", result: "completed", entries: 40, headHash: "cd".repeat(32) },
  ...{ openedAt: "2015-01-01T08:00:00.000Z", endedAt: "2015-01-01T12:00:00.000Z", openings: 12, pages: 1, destroyed: null },
  ...{ record: null, files: [], keys: [] },
});

it("a page of retention makes the register once, however many lines it has, and never for none", async () => {
  let made = 0;
  const ports: RetentionPorts<string, string> = {
    register: async () => `register ${String(++made)}`,
    kept: async (ceremony, register) => (ceremony === "c-3" ? null : { ...kept(ceremony), title: register }),
    hold: async () => "none",
    ageing: async ({ ceremony }) => `${ceremony} ages`,
  };
  expect(await retentionLinesOf(ports, [])).toEqual([]);
  expect(made).toBe(0);
  const lines = await retentionLinesOf(ports, ["c-1", "c-2", "c-3", "c-4"]);
  expect(lines.map(({ kept: { ceremony, title }, hold, ageing }) => [ceremony, title, hold, ageing])).toEqual(
    ["c-1", "c-2", "c-4"].map((ceremony) => [ceremony, "register 1", "none", `${ceremony} ages`]),
  );
});
