import { expect, test } from "vitest";
import type { RoomBook } from "#lib/conduct/room";
import { roomView } from "#lib/conduct/room-view";
import { smallBook } from "#lib/ceremony/small-book.under-test";
import { placeholder } from "#lib/ceremony/small-roster.under-test";
import { worldIn } from "#lib/ceremony/small-world.under-test";
import { commit } from "#lib/log/commitment";
import { deviationAt } from "./perform-act";

const tell = () => ({ facts: [], attributes: [], fingerprint: null });
const book: RoomBook = {
  find: (name) => {
    const rules = smallBook.find(name);
    return rules && { ...rules, tell };
  },
};

test("a deviation of the demo names the number of the sheet that stands open at its step, and none anywhere else", async () => {
  const there = await worldIn("serial");
  const room = () =>
    roomView({
      ...{ ceremony: there.now, entries: there.entries, openings: [], me: "olga", book, record: null, health: null },
      now: there.now.head.at,
    });
  const other = commit({ path: "test", salt: "00".repeat(16), value: "another value" });
  expect(deviationAt(room(), "serial")).not.toHaveProperty("sheet");
  await there.must("value-entered", "olga", { step: "serial", value: placeholder("something") });
  await there.must("value-entered", "will", { step: "serial", value: other });
  expect(deviationAt(room(), "serial")).toMatchObject({ step: "serial", sheet: 1, class: "B", decidedBy: ["olga"] });
  for (const step of [null, "hear"]) expect(deviationAt(room(), step)).not.toHaveProperty("sheet");
});
