import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashSignatures, placeholder } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { RECORDER_SPKI, START, timeAt } from "#lib/ceremony/small-transcript.under-test";
import { SmallWorld } from "#lib/ceremony/small-world.under-test";
import { fromBase64url, sha256Hex } from "#lib/log/digest";
import { FollowedCeremony } from "./followed-ceremony";
import { WorkerMemory } from "./memory";
import { StandBy } from "./stand-by";
import type { WorkerStore } from "./store-port";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-followed-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const DAY = 24 * 60 * 60;
/** What the owner of the database keeps of a world: all rows, or those before one. */
class Rows {
  kept: Uint8Array[] = [];
  /** Seconds since the small world began, by the worker's own clock. */
  clock = 60;

  worker(host = "first"): FollowedCeremony {
    const entries = (_id: string, from: number) =>
      Promise.resolve(this.kept.slice(from).map((bytes, i) => ({ seq: from + i, bytes, openings: [], hash: sha256Hex(bytes) })));
    const store = { entries } as unknown as WorkerStore;
    const now = () => new Date(START + this.clock * 1000);
    return new FollowedCeremony("c-1", { store, memory: new WorkerMemory(path.join(folder, host)), verifier: hashSignatures, now });
  }
}

/** The small script without its operations, which the real book does not know: two sentences to hear, and the signatures. */
const talk = smallScript.acts.map((act) => ({ ...act, steps: act.steps.filter(({ kind }) => kind === "statement" || kind === "sign-off") }));
const begun = async () => {
  const there = await new SmallWorld().openWith({ ...smallScript, acts: talk.filter(({ steps }) => steps.length > 0) });
  await there.attach();
  return there;
};
const openAt = (there: SmallWorld, seconds: number) =>
  there.act("step-opened", "olga", { step: "hear", nonce: "ab".repeat(32), expires: timeAt(seconds + 1800), deviation: null }, { at: timeAt(seconds) });
const refusalOf = async (followed: FollowedCeremony) => {
  const read = await followed.catchUp();
  return read.ok ? null : read.refusal;
};

describe("an opening that is dated ahead", () => {
  const ahead = async () => {
    const [rows, there] = [new Rows(), await begun()];
    rows.kept = [...there.transcript];
    await openAt(there, DAY);
    const opening = there.now.head;
    await there.act("ceremony-stopped", "axel", { reason: placeholder("no") }, { at: timeAt(DAY + 60) });
    return { rows, there, opening, worker: rows.worker() };
  };

  test("never authorises anything, though the stop after it was taken back before its time came: OPENING-AHEAD", async () => {
    const { rows, there, opening, worker } = await ahead();
    expect(await refusalOf(worker)).toBeNull();
    rows.kept = [...there.transcript];
    expect(await refusalOf(worker)).toMatchObject({ code: "CLOCK-AHEAD", facts: { seq: opening.seq } });
    rows.kept = there.transcript.slice(0, opening.seq + 1);
    rows.clock = DAY + 120;
    const refused = { code: "OPENING-AHEAD", facts: { seq: opening.seq, at: timeAt(DAY) } };
    expect(await refusalOf(worker)).toEqual(refused);
    expect(await worker.readAgain()).toEqual({ ok: false, refusal: refused });
    expect(await refusalOf(rows.worker())).toEqual(refused);
  });

  test("is found behind an entry that is dated ahead as well", async () => {
    const [rows, there] = [new Rows(), await begun()];
    await there.act("ceremony-stopped", "axel", { reason: placeholder("no") }, { at: timeAt(DAY) });
    const honest = there.transcript.slice(0, -1);
    const other = await begun();
    await openAt(other, DAY + 1);
    rows.kept = [...there.transcript, other.transcript.at(-1)!];
    const worker = rows.worker();
    expect(await refusalOf(worker)).toMatchObject({ code: "CLOCK-AHEAD" });
    rows.kept = [...honest, other.transcript.at(-1)!];
    rows.clock = DAY + 120;
    expect(await refusalOf(worker)).toMatchObject({ code: "OPENING-AHEAD" });
  });

  test("holds nobody up once the room was stopped, and a new opening is as good as any", async () => {
    const { rows, there, worker } = await ahead();
    rows.kept = [...there.transcript];
    await refusalOf(worker);
    rows.clock = DAY + 600;
    expect(await refusalOf(worker)).toBeNull();
    there.wait(DAY + 600);
    const deviation = await there.deviate();
    await there.goOn(deviation);
    rows.kept = [...there.transcript];
    expect(await refusalOf(worker)).toMatchObject({ code: "OPENING-AHEAD" });
    const reopened = await there.openStep("hear", { deviation });
    expect(reopened.ok).toBe(true);
    rows.kept = [...there.transcript];
    expect(await refusalOf(worker)).toBeNull();
  });
});

describe("a worker that stands by", () => {
  const never = new AbortController().signal;
  const stopped = async () => {
    const [rows, there] = [new Rows(), await begun()];
    const honest = [...there.transcript];
    await there.act("ceremony-stopped", "axel", { reason: placeholder("no") });
    rows.kept = [...there.transcript];
    return { rows, honest };
  };
  const standing = (worker: FollowedCeremony) => new StandBy({ ceremonies: () => Promise.resolve(["../c-9", "c-1"]) }, () => worker);

  test("remembers what it saw: a stop that is cut off at the fail-over is TRANSCRIPT-ROLLBACK, for it and for its next start", async () => {
    const { rows, honest } = await stopped();
    const second = rows.worker("second");
    await standing(second).look(never);
    rows.kept = honest;
    expect(await refusalOf(second.afresh())).toMatchObject({ code: "TRANSCRIPT-ROLLBACK" });
    expect(await refusalOf(rows.worker("second"))).toMatchObject({ code: "TRANSCRIPT-ROLLBACK" });
  });
  test("does nothing once its turn has come", async () => {
    const { rows, honest } = await stopped();
    const second = rows.worker("second");
    await standing(second).look(AbortSignal.abort());
    rows.kept = honest;
    expect(await refusalOf(second)).toBeNull();
  });
  test("in one folder with the one that leads takes nothing back of what that one saw", async () => {
    const { rows, honest } = await stopped();
    const all = rows.kept;
    rows.kept = honest;
    const lagging = rows.worker();
    await lagging.catchUp();
    rows.kept = all;
    await rows.worker().catchUp();
    rows.kept = honest;
    await lagging.catchUp();
    expect(await refusalOf(rows.worker())).toMatchObject({ code: "TRANSCRIPT-ROLLBACK" });
  });
});

test("an opening within two minutes is nobody's attack: clocks differ", async () => {
  const [rows, there] = [new Rows(), await begun()];
  await openAt(there, 170);
  rows.kept = [...there.transcript];
  expect(await refusalOf(rows.worker())).toBeNull();
});

test("[CLOCK-BEHIND] what was seen may be verified afresh; what is dated before the last look and was not there is refused all the same", async () => {
  const [rows, there] = [new Rows(), await begun()];
  await openAt(there, 30);
  rows.kept = [...there.transcript];
  rows.clock = 1_000;
  const worker = rows.worker();
  expect(await refusalOf(worker)).toBeNull();
  const again = worker.afresh().afresh();
  expect(await refusalOf(again)).toBeNull();
  await there.act("step-acknowledged", "olga", { step: "hear" }, { at: timeAt(500) });
  rows.kept = [...there.transcript];
  expect(await refusalOf(worker.afresh())).toMatchObject({ code: "CLOCK-BEHIND", facts: { seq: there.now.head.seq } });
  expect(await refusalOf(rows.worker())).toBeNull();
});

describe("a worker that remembers nothing", () => {
  /** As after `claviger init` on its host: the certificate is that of the recorder which takes part. */
  const own = (host: string) => new WorkerMemory(path.join(folder, host)).keepCertificate("trust-anchor", fromBase64url(RECORDER_SPKI));

  test("does nothing in a ceremony in which its recorder takes part, until a person has said what there was: TRANSCRIPT-UNKNOWN", async () => {
    const [rows, there] = [new Rows(), await begun()];
    rows.kept = [...there.transcript];
    own("new");
    const worker = rows.worker("new");
    const refused = { code: "TRANSCRIPT-UNKNOWN", facts: { ceremony: "c-1", seq: there.now.head.seq } };
    expect(await refusalOf(worker)).toEqual(refused);
    expect(await worker.readAgain()).toEqual({ ok: false, refusal: refused });
    expect(await refusalOf(rows.worker("new"))).toEqual(refused);
    const { seq, hash } = there.now.head;
    new WorkerMemory(path.join(folder, "new")).sawHead("c-1", { seq, hash, closed: false, record: null });
    expect(await refusalOf(worker)).toBeNull();
    rows.kept = there.transcript.slice(0, -1);
    expect(await refusalOf(rows.worker("new"))).toMatchObject({ code: "TRANSCRIPT-ROLLBACK" });
  });
  test("goes on in one that it has seen from before its recorder took part, and in one of another recorder", async () => {
    const [rows, there] = [new Rows(), await begun()];
    own("first");
    rows.kept = there.transcript.slice(0, 1);
    const worker = rows.worker();
    expect(await refusalOf(worker)).toBeNull();
    rows.kept = [...there.transcript];
    expect(await refusalOf(worker)).toBeNull();
    expect(await refusalOf(rows.worker("of-another-recorder"))).toBeNull();
  });
  test("has nothing to ask of one that is closed: nothing is done there any more", async () => {
    const [rows, there] = [new Rows(), await begun()];
    await there.act("ceremony-aborted", "olga", { reason: placeholder("over") });
    await there.close();
    expect(there.now.phase).toBe("closed");
    own("new");
    rows.kept = [...there.transcript];
    expect(await refusalOf(rows.worker("new"))).toBeNull();
  });
});
