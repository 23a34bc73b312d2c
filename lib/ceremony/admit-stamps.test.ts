import { describe, expect, test } from "vitest";
import { OID } from "#lib/x509/object-identifiers";
import { STAMP_TOLERANCE_MS } from "./admit-stamps";
import { claimedStamp as token } from "./claimed-stamp.under-test";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { world, worldIn, type SmallWorld } from "./small-world.under-test";

const shifted = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
const stamp = (there: SmallWorld, change: { entry?: number; authority?: "first" | "second"; token?: string } = {}) => {
  const mark = there.now.marks.at(-1);
  return there.act("time-stamped", RECORDER, { entry: mark?.seq ?? 0, authority: "first", token: token(mark?.hash ?? "", mark?.at ?? ""), ...change });
};
const miss = (there: SmallWorld, authority: "first" | "second" = "first") =>
  there.act("time-stamp-missed", RECORDER, { entry: there.now.marks.at(-1)?.seq ?? 0, authority, why: "away" });

async function keyMade(): Promise<SmallWorld> {
  const there = await worldIn("make");
  for (const person of ["carl", "cleo"]) await there.sign(person);
  await there.start();
  await expectAccepted(there.finish());
  return there;
}

describe("time stamps over the transcript", () => {
  test("[STAMP-IMPRINT] accepts a stamp over the recorder's attachment, and one over each key, by two authorities", async () => {
    const there = await keyMade();
    expect(there.now.marks.map(({ of, seq }) => [of, there.entries[seq]?.kind])).toEqual([["opening", "recorder-attached"], ["key", "operation-done"]]);
    const [opening] = there.now.marks;
    await expectAccepted(stamp(there, { entry: opening!.seq, token: token(opening!.hash, opening!.at) }));
    await expectAccepted(stamp(there));
    await expectAccepted(stamp(there, { authority: "second" }));
    expect(there.now.marks.map(({ stamps }) => stamps.map(({ authority }) => authority))).toEqual([["first"], ["first", "second"]]);
  });
  test("[STAMP-IMPRINT] refuses a stamp over something else, over an entry of no weight, and what is no stamp", async () => {
    const there = await keyMade();
    const [opening, key] = there.now.marks;
    await expectRefused(stamp(there, { token: token(opening!.hash, key!.at) }), "STAMP-IMPRINT");
    await expectRefused(stamp(there, { entry: key!.seq - 1 }), "STAMP-IMPRINT");
    await expectRefused(stamp(there, { entry: 0 }), "STAMP-IMPRINT");
    await expectRefused(stamp(there, { token: "AAAA" }), "STAMP-IMPRINT");
    await expectRefused(stamp(there, { token: "A" }), "STAMP-IMPRINT");
    await expectRefused(stamp(there, { token: token(key!.hash, key!.at, OID.rsaPss) }), "STAMP-IMPRINT");
    await expectRefused(there.act("time-stamp-missed", RECORDER, { entry: 0, authority: "first", why: "away" }), "STAMP-IMPRINT");
  });

  test("[STAMP-TIME] accepts a time between the entry and the stamp's own, as far as clocks may be apart", async () => {
    for (const ms of [-STAMP_TOLERANCE_MS, 0, STAMP_TOLERANCE_MS]) {
      const there = await keyMade();
      const { hash, at } = there.now.marks.at(-1)!;
      await expectAccepted(stamp(there, { token: token(hash, shifted(at, ms)) }));
    }
  });
  test("[STAMP-TIME] refuses a time before there was such an entry, and one after the stamp was had", async () => {
    const there = await keyMade();
    const { hash, at } = there.now.marks.at(-1)!;
    await expectRefused(stamp(there, { token: token(hash, shifted(at, -STAMP_TOLERANCE_MS - 1000)) }), "STAMP-TIME");
    await expectRefused(stamp(there, { token: token(hash, shifted(at, STAMP_TOLERANCE_MS + 60_000)) }), "STAMP-TIME");
  });

  test("[STAMP-ONCE] accepts that an authority was away, and its stamp later", async () => {
    const there = await keyMade();
    await expectAccepted(miss(there));
    await expectAccepted(miss(there, "second"));
    there.wait(3600);
    await expectAccepted(stamp(there, { token: token(there.now.marks.at(-1)!.hash, shifted(there.now.head.at, 3_600_000)) }));
    expect(there.now.marks.at(-1)).toMatchObject({ stamps: [{ authority: "first" }], missed: [{ authority: "first", why: "away" }, { authority: "second" }] });
  });
  test("[STAMP-ONCE] refuses a second stamp of an authority, and that it was away when it was not or twice", async () => {
    const there = await keyMade();
    await expectAccepted(miss(there));
    await expectRefused(miss(there), "STAMP-ONCE");
    await expectAccepted(stamp(there));
    await expectRefused(stamp(there), "STAMP-ONCE");
    await expectRefused(miss(there), "STAMP-ONCE");
  });

  test("[PHASE-STOPPED] accepts a stamp while the room is stopped, and after it was aborted until it is closed", async () => {
    const there = await keyMade();
    const reason = { committed: "00".repeat(32) };
    await there.must("ceremony-stopped", "olga", { reason });
    await expectAccepted(stamp(there));
    await there.must("ceremony-aborted", "olga", { reason });
    await expectAccepted(stamp(there, { authority: "second" }));
    await there.must("ceremony-closed", RECORDER, { result: "aborted", entries: there.now.head.seq + 2 });
    await expectRefused(stamp(there), "PHASE-ENDED");
  });
  test("nothing is stamped before there is a recorder", async () => {
    const there = await world("hear");
    const { recorder: _, ...rest } = there.now;
    there.ceremony = { ...rest, recorder: null };
    await expectRefused(miss(there), "RECORDER-FIRST");
  });
});
