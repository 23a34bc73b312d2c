import { describe, test } from "vitest";
import { canonical, canonicalText, type Json } from "../log/canonical";
import { utf8 } from "../log/digest";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { timeAt } from "./small-transcript.under-test";
import { openedBody, SmallWorld, world, worldIn } from "./small-world.under-test";

const ack = { step: "hear" };
const hearing = async (change: Parameters<SmallWorld["act"]>[3]) => (await worldIn("hear")).act("step-acknowledged", "olga", ack, change);

describe("the chain", () => {
  test("[ENTRY-SHAPE] accepts an entry in canonical bytes", async () => {
    const there = await worldIn("hear");
    await expectAccepted(there.enterBytes(canonical(there.draft("step-acknowledged", "olga", ack) as unknown as Json)));
  });

  test.each([
    ["a second spelling of the same value", (text: string) => ` ${text}`],
    ["an unknown member", (text: string) => text.replace('"step":"hear"', '"step":"hear","why":1')],
    ["a missing member", (text: string) => text.replace('"signature":null,', "")],
    ["an unknown kind", (text: string) => text.replace("step-acknowledged", "step-forgotten")],
    ["a recorder's signature on a person's entry", (text: string) => text.replace('"signature":null', '"signature":"AA"')],
    ["what is not JSON", () => "step heard"],
  ])("[ENTRY-SHAPE] refuses %s", async (_what, bend) => {
    const there = await worldIn("hear");
    const text = canonicalText(there.draft("step-acknowledged", "olga", ack) as unknown as Json);
    await expectRefused(there.enterBytes(utf8(bend(text))), "ENTRY-SHAPE");
  });

  test.each(["2026-11-22T10:00:60.000Z", "2026-02-30T10:00:00.000Z", "9999-99-99T99:99:99.999Z"])(
    "[ENTRY-SHAPE] refuses a time that does not exist, such as %s: no rule could compare it",
    async (time) => {
      await expectRefused(hearing({ at: time }), "ENTRY-SHAPE");
      await expectRefused((await world("hear")).openStep("hear", { expires: time }), "ENTRY-SHAPE");
    },
  );

  test.each([
    ["a new line", "Key\nGOOD: every check holds"],
    ["a terminal's escape", "Key\u001b[2J"],
    ["a turned reading direction", "Key \u202eyek"],
    ["nothing between letters", "Ke\u200by"],
  ])("[ENTRY-SHAPE] refuses a title with %s: it is read on every screen and page", async (_what, title) =>
    expectRefused(new SmallWorld().act("ceremony-opened", "olga", openedBody({ title })), "ENTRY-SHAPE"));
  test("[ENTRY-SHAPE] accepts a title in any script, joiners and signs included", async () =>
    expectAccepted(new SmallWorld().act("ceremony-opened", "olga", openedBody({ title: "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u{1f511}\ufe0f \u9375 Schl\u00fcssel" }))));
  test("[ENTRY-SHAPE] refuses an origin that is not plain text", async () => {
    const { roster } = openedBody();
    const rp = { ...roster.rp, origins: [...roster.rp.origins, "https://keys.example\u001b[8m"] };
    await expectRefused(new SmallWorld().act("ceremony-opened", "olga", openedBody({ roster: { ...roster, rp } })), "ENTRY-SHAPE");
  });

  test("[ENTRY-SHAPE] refuses a recorder's kind written by a person", async () => {
    const there = await world("hear");
    await expectRefused(there.act("ceremony-closed", "olga", { result: "completed", entries: 9 }), "ENTRY-SHAPE");
  });

  test("[CHAIN-CEREMONY] accepts the next entry of this ceremony", async () => expectAccepted(hearing({ ceremony: "c-1" })));
  test("[CHAIN-CEREMONY] refuses an entry of another ceremony", async () => expectRefused(hearing({ ceremony: "c-2" }), "CHAIN-CEREMONY"));

  test("[CHAIN-SEQ] accepts the number after the last", async () => expectAccepted(hearing({})));
  test("[CHAIN-SEQ] refuses a gap, a repetition and a transcript that starts late", async () => {
    await expectRefused(hearing({ seq: 4 }), "CHAIN-SEQ");
    await expectRefused(hearing({ seq: 2 }), "CHAIN-SEQ");
    await expectRefused(new SmallWorld().act("ceremony-opened", "olga", openedBody(), { seq: 1 }), "CHAIN-SEQ");
  });

  test("[CHAIN-PREV] accepts the hash of the entry before", async () => expectAccepted(hearing({})));
  test("[CHAIN-PREV] refuses any other hash, and one before the first entry", async () => {
    await expectRefused(hearing({ prev: "00".repeat(32) }), "CHAIN-PREV");
    await expectRefused(new SmallWorld().act("ceremony-opened", "olga", openedBody(), { prev: "00".repeat(32) }), "CHAIN-PREV");
  });
  test("[CHAIN-PREV] refuses what follows an entry that was edited afterwards", async () => {
    const there = await worldIn("hear");
    const next = there.draft("step-acknowledged", "olga", ack);
    const edited = await world("hear");
    await edited.openStep("hear", { expires: timeAt(100) });
    await expectRefused(edited.enter(next), "CHAIN-PREV");
  });

  test("[TIME-ORDER] accepts the same instant again", async () => {
    const there = await worldIn("hear");
    await expectAccepted(there.act("step-acknowledged", "olga", ack, { at: there.now.head.at }));
  });
  test("[TIME-ORDER] refuses an entry from before the one it follows", async () => expectRefused(hearing({ at: timeAt(0) }), "TIME-ORDER"));

  test("[OPENED-FIRST] accepts the opening as the first entry", async () => expectAccepted(new SmallWorld().open()));
  test("[OPENED-FIRST] refuses anything before the opening, and a second opening", async () => {
    await expectRefused(new SmallWorld().act("step-acknowledged", "olga", ack), "OPENED-FIRST");
    await expectRefused((await world("hear")).open(), "OPENED-FIRST");
  });
});
