import { expect, test } from "vitest";
import { isOver, keyLivesOf, retentionOf, yearsAfter } from "./retention";

const endedAt = "2026-11-23T10:00:00.000Z";
const key = (destroyedAt: string | null) => ({ label: "root", ckaId: "01", destroyedAt });

test("a record without keys is kept seven years from the end of its ceremony", () => {
  const retention = retentionOf({ endedAt, keys: [] });
  expect(retention).toEqual({ sevenYears: "2033-11-23T10:00:00.000Z", afterKeys: null, until: "2033-11-23T10:00:00.000Z" });
  expect([isOver(retention, "2033-11-23T09:59:59.999Z"), isOver(retention, "2033-11-23T10:00:00.000Z")]).toEqual([false, true]);
});

test("two years from the destruction of its last key, if that is later", () => {
  expect(retentionOf({ endedAt, keys: [key("2027-01-01T00:00:00.000Z")] }).until).toBe("2033-11-23T10:00:00.000Z");
  const keys = [key("2040-05-05T00:00:00.000Z"), key("2030-01-01T00:00:00.000Z")];
  expect(retentionOf({ endedAt, keys }).until).toBe("2042-05-05T00:00:00.000Z");
});

test("while one of its keys lives its end is not known, and it is never over", () => {
  const retention = retentionOf({ endedAt, keys: [key("2027-01-01T00:00:00.000Z"), key(null)] });
  expect(retention).toMatchObject({ afterKeys: "while keys live", until: null });
  expect(isOver(retention, "2999-01-01T00:00:00.000Z")).toBe(false);
});

test("a year after the 29th of February is the 1st of March", () => {
  expect(yearsAfter("2028-02-29T10:00:00.000Z", 7)).toBe("2035-03-01T10:00:00.000Z");
});

test("whose keys are not known is never over either", () => {
  const retention = retentionOf({ endedAt, keys: "unknown" });
  expect(retention).toMatchObject({ afterKeys: "unknown", until: null });
  expect(isOver(retention, "2999-01-01T00:00:00.000Z")).toBe(false);
});

const one = { label: "root", ceremonies: ["c-1", "c-2"], places: [{ ckaId: "01" }], backups: [], destroyed: { at: endedAt } };
const read = new Set(["c-1", "c-2", "c-3"]);

test("the keys of a ceremony are those of the register that it did something to", () => {
  const keys = [one, { ...one, label: "other", ceremonies: ["c-3"] }];
  expect(keyLivesOf({ keys, read }, "c-2")).toEqual([{ label: "root", ckaId: "01", destroyedAt: endedAt }]);
});

test("the keys of a ceremony that the register could not read are unknown, not none", () => {
  expect(keyLivesOf({ keys: [], read: new Set() }, "c-2")).toBe("unknown");
  expect(keyLivesOf({ keys: [], read }, "c-2")).toEqual([]);
});

test("a key of which there is a backup lives, though its tokens are empty", () => {
  expect(keyLivesOf({ keys: [{ ...one, backups: [{ backup: "first" }] }], read }, "c-2")).toMatchObject([{ destroyedAt: null }]);
});
