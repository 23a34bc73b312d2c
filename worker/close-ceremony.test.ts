import { expect, test } from "vitest";
import { logWaitedFor } from "./close-ceremony";

const closed = { closed: { at: "2026-11-23T10:00:00.000Z", result: "completed" as const } };
const at = (time: string) => logWaitedFor(closed, new Date(`2026-11-23T${time}.000Z`))?.toISOString() ?? null;

test("[LOG-COMPLETE] a record waits for the log two minutes after the last entry, whenever the worker was started", () => {
  expect(at("10:00:00")).toBe("2026-11-23T10:02:00.000Z");
  expect(at("10:01:59")).toBe("2026-11-23T10:02:00.000Z");
  expect(at("10:02:00")).toBeNull();
  expect(at("23:00:00")).toBeNull();
});
test("[LOG-COMPLETE] a ceremony that is not closed waits for nothing", () => expect(logWaitedFor({ closed: null }, new Date())).toBeNull());
