import { describe, expect, it } from "vitest";
import { currentStep, stateOf } from "#lib/ceremony/ceremony";
import { assertionBy } from "#lib/ceremony/small-roster.under-test";
import { timeAt } from "#lib/ceremony/small-transcript.under-test";
import { commit } from "#lib/log/commitment";
import { parseCanonical } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import type { Statement } from "#lib/ceremony/statement";
import { abortCeremony } from "./abort-ceremony";
import { acknowledgeStep } from "./acknowledge-step";
import { checkIdentity } from "./check-identity";
import { enterValue } from "./enter-value";
import { done, expectObjection, MemoryRoom, someone } from "./memory-room.under-test";
import { noteDeviation } from "./note-deviation";
import { noteEvidence } from "./note-evidence";
import { openStep } from "./open-step";
import { proposeStatement } from "./propose-statement";
import { resumeCeremony } from "./resume-ceremony";
import { signStatement } from "./sign-statement";
import { stopCeremony } from "./stop-ceremony";

const ID = "c-1";
const at = (step: string) =>
  MemoryRoom.begun().then(async (world) => (await world.asWorld((small) => small.playTo(step)), world));
const now = async ({ room }: MemoryRoom) => {
  const transcript = await room.transcripts.read(ID);
  if (!transcript) throw new Error("no transcript");
  return transcript;
};
const open = async (world: MemoryRoom, step: string) => done(await openStep(world.room, someone("olga"), ID, { step }));
const deviation = { class: "B", expected: "Quiet.", happened: "An alarm.", decided: "We go on." } as const;

async function sign(world: MemoryRoom, person: string, form: Parameters<typeof proposeStatement>[3]) {
  const { statement, openings } = done(await proposeStatement(world.room, someone(person), ID, form));
  const assertion = assertionBy(person, sha256Hex(utf8(statement)));
  return {
    statement,
    openings,
    assertion,
    send: () => signStatement(world.room, someone(person), ID, { statement, openings, assertion }),
  };
}

describe("the verbs of the room", () => {
  it("open a step with a nonce of its own and the script's time to sign", async () => {
    const world = await at("hear");
    await open(world, "hear");
    const { opening } = currentStep((await now(world)).ceremony) ?? {};
    expect(opening?.nonce).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(opening?.expires ?? "") - Date.parse(opening?.at ?? "")).toBe(30 * 60_000);
    done(await acknowledgeStep(world.room, someone("olga"), ID, { step: "hear" }));
    expect(stateOf((await now(world)).ceremony, "hear")?.status).toBe("done");
  });

  it("put a document, a file and its place behind commitments whose openings are kept beside", async () => {
    const world = await at("come");
    await open(world, "come");
    done(await checkIdentity(world.room, someone("will"), ID, { step: "come", person: "olga", document: " Passport " }));
    expect(world.openings.map(({ path, value }) => [path.replace(/\d+/, "n"), value])).toEqual([
      ["identity-checked/n/document", "Passport"],
    ]);
    expect(new TextDecoder().decode(world.store.kept.get(ID)?.at(-1)?.bytes)).not.toContain("Passport");

    const filming = await at("film");
    await open(filming, "film");
    done(await noteEvidence(filming.room, someone("olga"), ID, { step: "film", name: "a.mkv", kept: "Safe 2" }));
    expect(filming.openings.map(({ value }) => value)).toEqual(["a.mkv", "Safe 2"]);
    expect(new Set(filming.openings.map(({ salt }) => salt)).size).toBe(2);
  });

  it("let two readings of one value agree, because the second takes the first one's salt", async () => {
    const world = await at("serial");
    await open(world, "serial");
    done(await enterValue(world.room, someone("olga"), ID, { step: "serial", value: "A-17" }));
    expectObjection(await enterValue(world.room, someone("olga"), ID, { step: "serial", value: "A-17" }), "VALUE-TWO-PEOPLE");
    done(await enterValue(world.room, someone("will"), ID, { step: "serial", value: "A-17 " }));
    expect(stateOf((await now(world)).ceremony, "serial")?.status).toBe("done");
  });

  it("let two readings that differ open a sheet and block the step, until one person has completed it and it is opened again", async () => {
    const world = await at("serial");
    await open(world, "serial");
    done(await enterValue(world.room, someone("will"), ID, { step: "serial", value: "A-17" }));
    done(await enterValue(world.room, someone("olga"), ID, { step: "serial", value: "A-71" }));
    expect(stateOf((await now(world)).ceremony, "serial")?.status).toBe("refused");
    expectObjection(await openStep(world.room, someone("olga"), ID, { step: "serial" }), "REOPEN-DEVIATION");
    const sheet = { ...deviation, step: "serial", sheet: 1, decidedBy: ["olga"] };
    const { seq } = done(await noteDeviation(world.room, someone("wang"), ID, sheet));
    expectObjection(await noteDeviation(world.room, someone("cleo"), ID, sheet), "SHEET-COMPLETED");
    done(await openStep(world.room, someone("olga"), ID, { step: "serial", deviation: seq }));
    done(await enterValue(world.room, someone("will"), ID, { step: "serial", value: "A-17" }));
  });

  it("let nothing become the completion of an open sheet but what names its number and its step, at once", async () => {
    const world = await at("serial");
    await open(world, "serial");
    const about = { ...deviation, decidedBy: ["olga"] };
    // Written before the readings differed, sent after.
    const early = () => noteDeviation(world.room, someone("carl"), ID, { ...about, step: "serial" });
    for (const [person, value] of [["will", "A-17"], ["olga", "A-71"]] as const) {
      done(await enterValue(world.room, someone(person), ID, { step: "serial", value }));
    }
    expectObjection(await early(), "SHEET-OPEN");
    for (const place of [{ sheet: 1 }, { sheet: 1, step: "hear" }]) {
      expectObjection(await noteDeviation(world.room, someone("carl"), ID, { ...about, ...place }), "SHEET-OPEN");
    }
    for (const place of [{}, { step: "hear" }]) done(await noteDeviation(world.room, someone("carl"), ID, { ...about, ...place }));
    expect((await now(world)).ceremony.openSheet?.number).toBe(1);
    done(await noteDeviation(world.room, someone("wang"), ID, { ...about, step: "serial", sheet: 1 }));
    expect((await now(world)).ceremony.openSheet).toBeNull();
    done(await early());
    expect((await now(world)).ceremony.deviations.map(({ number, opened }) => [number, opened !== null])).toEqual([
      [2, false],
      [3, false],
      [1, true],
      [4, false],
    ]);
  });

  it("stop, and go on only with a deviation and a quorum, or abort", async () => {
    const world = await at("hear");
    const stopped = done(await stopCeremony(world.room, someone("axel"), ID, { reason: "Smoke." }));
    expectObjection(await openStep(world.room, someone("olga"), ID, { step: "hear" }), "PHASE-STOPPED");
    expectObjection(await resumeCeremony(world.room, someone("olga"), ID, { deviation: stopped.seq }), "REOPEN-DEVIATION");
    const { seq } = done(await noteDeviation(world.room, someone("olga"), ID, deviation));
    expectObjection(await resumeCeremony(world.room, someone("olga"), ID, { deviation: seq }), "RESUME-QUORUM");
    for (const person of ["carl", "cora"]) {
      done(await (await sign(world, person, { act: "approve-resume", step: "hear", deviation: seq })).send());
    }
    done(await resumeCeremony(world.room, someone("olga"), ID, { deviation: seq }));
    await open(world, "hear");
    done(await abortCeremony(world.room, someone("olga"), ID, { reason: "The HSM is on fire." }));
    expectObjection(await noteEvidence(world.room, someone("olga"), ID, { step: "film", name: "a", kept: "b" }), "PHASE-ENDED");
  });
});

describe("a signature", () => {
  it("approves over the statement proposed, and reaches the quorum", async () => {
    const world = await at("make");
    await open(world, "make");
    for (const person of ["carl", "cora"]) done(await (await sign(world, person, { act: "approve", step: "make" })).send());
    expect(stateOf((await now(world)).ceremony, "make")?.approvals.map(({ person }) => person)).toEqual(["carl", "cora"]);
    expectObjection(await (await sign(world, "carl", { act: "approve", step: "make" })).send(), "QUORUM-DISTINCT");
  });

  it("refuses with a reason whose commitment is in the signed bytes, and never without one", async () => {
    const world = await at("make");
    await open(world, "make");
    expectObjection(await proposeStatement(world.room, someone("carl"), ID, { act: "refuse", step: "make" }), "TEXT-MISSING");
    const signed = await sign(world, "carl", { act: "refuse", step: "make", remark: "Wrong label." });
    const { remark } = parseCanonical(utf8(signed.statement)) as unknown as Statement;
    expect(remark).toEqual(commit(signed.openings[0] ?? { path: "", salt: "", value: "" }));
    done(await signed.send());
    expect(stateOf((await now(world)).ceremony, "make")?.status).toBe("refused");
    expect(world.openings.at(-1)?.value).toBe("Wrong label.");
  });

  it("is not kept when its remark is missing, another, unreadable, or more than one", async () => {
    const world = await at("make");
    await open(world, "make");
    const { statement, openings, assertion } = await sign(world, "carl", { act: "refuse", step: "make", remark: "No." });
    const wrong = [[], [{ path: "a", salt: "b", value: "c" }], [...openings, ...openings]];
    for (const given of wrong)
      expectObjection(
        await signStatement(world.room, someone("carl"), ID, { statement, assertion, openings: given }),
        "REMARK-OPENING",
      );
    const approving = await sign(world, "carl", { act: "approve", step: "make" });
    expectObjection(await signStatement(world.room, someone("carl"), ID, { ...approving, openings }), "REMARK-OPENING");
    expect(world.kinds.at(-1)).toBe("step-opened");
  });

  it.each([
    ["text that is none", "hello"],
    ["another spelling of it", (text: string) => text.replace("{", "{ ")],
    ["members of its own", (text: string) => text.replace("{", '{"a":1,')],
  ])("is not kept over %s", async (_, change) => {
    const world = await at("make");
    await open(world, "make");
    const { statement, assertion } = await sign(world, "carl", { act: "approve", step: "make" });
    const sent = typeof change === "string" ? change : change(statement);
    expectObjection(
      await signStatement(world.room, someone("carl"), ID, { statement: sent, assertion, openings: [] }),
      "STATEMENT-UNREADABLE",
    );
  });

  it("counts for whoever signed, not for whoever sends it", async () => {
    const world = await at("make");
    await open(world, "make");
    const { statement, assertion } = await sign(world, "carl", { act: "approve", step: "make" });
    expectObjection(
      await signStatement(world.room, someone("cleo"), ID, { statement, assertion, openings: [] }),
      "PASSKEY-OWNER",
    );
  });

  it("is proposed to nobody who is not there, nor before the step is open", async () => {
    const world = await at("make");
    expectObjection(await proposeStatement(world.room, someone("carl"), ID, { act: "approve", step: "make" }), "STATEMENT-NONE");
    await open(world, "make");
    expectObjection(
      await proposeStatement(world.room, someone("nobody"), ID, { act: "approve", step: "make" }),
      "STATEMENT-NONE",
    );
    expectObjection(await proposeStatement(world.room, someone("carl"), "c-none", { act: "approve", step: "make" }), "NOT-FOUND");
  });
});

describe("everybody at once", () => {
  it("lets two last approvals both be kept, one after the other", async () => {
    const world = await at("make");
    await open(world, "make");
    const signed = await Promise.all(
      ["carl", "cleo", "cora"].map((person) => sign(world, person, { act: "approve", step: "make" })),
    );
    const results = await Promise.all(signed.map(({ send }) => send()));
    expect(results.map((result) => result.ok)).toEqual([true, true, true]);
    expect(stateOf((await now(world)).ceremony, "make")?.approvals).toHaveLength(3);
  });

  it("asks the rules again when somebody else was first: a stop in between is obeyed", async () => {
    const world = await at("hear");
    await open(world, "hear");
    await now(world);
    world.store.onAppend = async () => {
      done(await stopCeremony(world.room, someone("will"), ID, { reason: "Stop." }));
    };
    expectObjection(await acknowledgeStep(world.room, someone("olga"), ID, { step: "hear" }), "PHASE-STOPPED");
  });

  it("drafts again at the place it then gets: paths and times follow", async () => {
    const world = await at("hear");
    world.store.onAppend = async () => {
      done(await noteDeviation(world.room, someone("will"), ID, deviation));
    };
    const { seq } = done(await noteDeviation(world.room, someone("olga"), ID, { ...deviation, happened: "Another." }));
    expect(world.openings.filter(({ value }) => value === "Another.").map(({ path }) => path)).toEqual([
      `deviation-noted/${String(seq)}/happened`,
    ]);
  });

  it("gives up, and keeps nothing, when its place is taken every time", async () => {
    const world = await at("hear");
    const before = world.kinds.length;
    world.store.append = () => Promise.resolve("conflict");
    expectObjection(await stopCeremony(world.room, someone("olga"), ID, { reason: "x" }), "BUSY");
    expect(world.kinds).toHaveLength(before);
  });
});

it("never lets an entry's time go back, whatever the server's clock does", async () => {
  const world = await at("hear");
  await open(world, "hear");
  world.seconds = 0;
  done(await acknowledgeStep(world.room, someone("olga"), ID, { step: "hear" }));
  const { entries } = await now(world);
  expect((entries.at(-1)?.at ?? "") >= (entries.at(-2)?.at ?? timeAt(0))).toBe(true);
});

it("dates nothing after an entry that is ahead of its clock, and lets anybody stop all the same", async () => {
  const world = await at("hear");
  await open(world, "hear");
  const minutes = world.seconds;
  world.seconds -= 119;
  done(await noteDeviation(world.room, someone("will"), ID, deviation));
  world.seconds = minutes - 24 * 60 * 60;
  const before = world.kinds.length;
  expectObjection(await acknowledgeStep(world.room, someone("olga"), ID, { step: "hear" }), "TIME-AHEAD");
  expect(world.kinds).toHaveLength(before);
  done(await stopCeremony(world.room, someone("will"), ID, { reason: "Stop." }));
});

it("does nothing for somebody who signed in without a passkey", async () => {
  const world = await at("hear");
  const looking = { person: "olga", canSign: false };
  expectObjection(await openStep(world.room, looking, ID, { step: "hear" }), "LOOK-ONLY");
  expectObjection(await stopCeremony(world.room, looking, ID, { reason: "x" }), "LOOK-ONLY");
  expectObjection(await openStep(world.room, someone("olga"), "c-none", { step: "hear" }), "NOT-FOUND");
});
