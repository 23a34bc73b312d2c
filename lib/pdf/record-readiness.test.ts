import { expect, test } from "vitest";
import { CAST, endorsementBy, placeholder, smallRoster, passkey } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { openedBody, SmallWorld } from "#lib/ceremony/small-world.under-test";
import { dutiesToAccept, passkeyToTest } from "#lib/ceremony/endorsement";
import { GO_LINES } from "#lib/ceremony/readiness.schema";
import { sha256Hex } from "#lib/log/digest";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { readinessOf } from "#lib/record/record-readiness";
import { printedText } from "#lib/record/printed-text";
import { readPdf } from "#lib/record/read-pdf";
import type { RecordDocument } from "#lib/record/record-document";
import { drawRecord } from "./draw-record";
import { inflate } from "./sealing.under-test";

/** Everything that stands on the pages, without the spaces that line ends swallow. */
const drawnTexts = async (record: RecordDocument) => (await printedText(readPdf(await drawRecord(record)), inflate)).join("").replaceAll(" ", "");
const says = "I keep my passkey to myself.";
const custodians = CAST.filter(([, role]) => role === "custodian").map(([person]) => person);
const say = { text: () => "as found", person: (person: string) => ({ person, name: `Name of ${person}`, role: "custodian" }) };

/** What the record says of a small ceremony whose opening states readiness, with one red line, on another device than expected. */
async function told() {
  const script = { ...smallScript, duties: { days: 365, says }, passkeys: { tested: { days: 30 } }, goNoGo: {} };
  const readiness = {
    duties: custodians.map((person) => endorsementBy(person, dutiesToAccept(says))),
    passkeys: custodians.map((person) => endorsementBy(person, passkeyToTest(passkey(`${person}-1`), "ab".repeat(32)))),
    lines: GO_LINES.map((line) => ({ line, go: line !== "room", said: placeholder("as found") })),
    rehearsal: {
      ceremony: "c-0",
      head: "cd".repeat(32),
      closedAt: "2026-11-20T09:00:00.000Z",
      told: {
        minutes: 34,
        people: [placeholder("Anna Pappa")],
        differed: [
          { class: "B" as const, step: "make", happened: placeholder("Somebody came in.") },
          { class: "C" as const, step: null, happened: null },
        ],
      },
    },
    hsm: { serial: "s-9", firmware: "1.0" },
  };
  const world = new SmallWorld();
  await world.must("ceremony-opened", "olga", openedBody({ script, readiness, roster: smallRoster }));
  await world.attach();
  return readinessOf(world.now, say);
}

test("the record says who was ready, which lines were red, and that the recorder found another device", async () => {
  const said = await told();
  expect(said?.duties?.by.map(({ name }) => name)).toEqual(["Name of carl", "Name of cleo", "Name of cora"]);
  expect(said?.tests.map(({ synced, backedUp }) => [synced, backedUp])).toEqual([[false, false], [false, false], [false, false]]);
  expect(said?.lines.filter(({ go }) => !go).map(({ title }) => title)).toEqual(["Room ready"]);
  expect(said?.device).toEqual({ serial: "s-9", firmware: "1.0", differs: true });
  expect(said?.sentence).toBe(
    "Red when the ceremony was opened: Room ready; HSM healthy, and the one expected. No step was opened before a deviation was noted.",
  );
});

test("the record says which rehearsal passed, when, with whom and what differed", async () => {
  expect((await told())?.rehearsal).toEqual({
    ceremony: "c-0",
    head: "cd".repeat(32),
    closedAt: "2026-11-20T09:00:00.000Z",
    told: { minutes: 34, people: ["as found"], differed: ["Deviation of class B at step make: as found", "Deviation of class C, noted by the worker"] },
  });
});

test("a ceremony whose script asks for none of it says nothing", async () => {
  const world = new SmallWorld();
  await world.must("ceremony-opened", "olga", openedBody());
  expect(readinessOf(world.now, say)).toBeUndefined();
});

test("it is drawn, and the same record gives the same bytes", async () => {
  const readiness = await told();
  const record = { ...sampleRecord(), ...(readiness && { readiness }) };
  const [one, two] = [await drawRecord(record), await drawRecord(record)];
  expect(sha256Hex(one)).toBe(sha256Hex(two));
  expect(sha256Hex(one)).not.toBe(sha256Hex(await drawRecord(sampleRecord())));
});

test("production without a rehearsal is drawn as such", async () => {
  const NONE = "namesnorehearsalofitsscript";
  const production = sampleRecord({ mode: "production" });
  const texts = await drawnTexts(production);
  expect(texts).toContain(NONE);
  expect(await drawnTexts(sampleRecord())).not.toContain(NONE);
  const readiness = await told();
  const rehearsed = await drawnTexts({ ...production, ...(readiness && { readiness }) });
  expect(rehearsed).not.toContain(NONE);
  expect(rehearsed).toContain("notedbytheworker");
});
