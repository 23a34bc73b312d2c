import { afterAll, describe, expect, test } from "vitest";
import { entryHash, recorderBytes, type Body, type Entry, type EntryKind, type EntryOf } from "#lib/ceremony/entry";
import { quorumOf } from "#lib/ceremony/ceremony";
import { ckaIdOf } from "#lib/ceremony/quorum";
import { operationsOf, stepsOf } from "#lib/ceremony/script";
import { base64url } from "#lib/log/digest";
import { keyPair, makeRecorder } from "#lib/pdf/sealing.under-test";
import { AttackGrounds, opening } from "./attack-grounds.under-test";
import type { PlayedCeremony } from "./played-ceremony.under-test";

/** Attacks in the worker's own name: outcomes nobody signed, another recorder, and the moments between quorum and work. */
const attack = await AttackGrounds.open();
afterAll(() => attack.close());

const forger = keyPair();
const impostor = await makeRecorder();

type Sign = (bytes: Uint8Array) => Promise<Uint8Array>;

/** An entry of "the recorder", signed by whoever can. */
async function recorded<K extends EntryKind>(last: Entry, kind: K, body: Body<K>, sign: Sign | null): Promise<Entry> {
  const at = new Date().toISOString();
  const unsigned = { ...last, seq: last.seq + 1, prev: entryHash(last), at: at < last.at ? last.at : at, by: "recorder", kind, body, signature: "" } as Entry;
  return { ...unsigned, signature: sign && base64url(await sign(recorderBytes(unsigned))) };
}

function intent(played: PlayedCeremony): Body<"operation-started"> {
  const request = stepsOf(played.script).flatMap(operationsOf)[0]!;
  return { step: "key", index: 0, request, ckaId: ckaIdOf("00".repeat(32), 0), approvals: [], quorumHash: null };
}

const done: Body<"operation-done"> = { step: "key", index: 0, outcome: { made: true }, milliseconds: 1, recovered: false };
const lastOf = async (played: PlayedCeremony): Promise<Entry> => (await played.entries()).at(-1)!;

describe("an intent or outcome forged without the recorder's key", () => {
  test("an intent with one approval too few, signed by another key: RECORDER-SIGNED", async () => {
    const before = await attack.keys();
    const played = await attack.opened();
    await attack.enter(played, "custodian-1");
    await attack.owner.insert(await recorded(await lastOf(played), "operation-started", intent(played), forger.sign));
    await attack.refuses(played, "RECORDER-SIGNED", before, { intent: true });
  });

  test("an intent that nobody signed: ENTRY-SHAPE", async () => {
    const before = await attack.keys();
    const played = await attack.opened();
    await attack.enter(played, "custodian-1");
    await attack.owner.insert(await recorded(await lastOf(played), "operation-started", intent(played), null));
    await attack.refuses(played, "ENTRY-SHAPE", before, { intent: true });
  });

  test("the recorder's own entry of another ceremony: RECORDER-SIGNED", async () => {
    const before = await attack.keys();
    const [played, other] = [await attack.opened(), await attack.opened()];
    const attached = (await other.entries())[1]!;
    const last = await lastOf(played);
    await attack.owner.insert({ ...attached, ceremony: played.id, seq: last.seq + 1, prev: entryHash(last), at: last.at });
    await attack.refuses(played, "RECORDER-SIGNED", before);
  });

  test("an outcome for an intent that the worker wrote and did not live to carry out: RECORDER-SIGNED, and nothing more", async () => {
    const before = await attack.keys();
    const played = await killedAfterIntent();
    await attack.owner.insert(await recorded(await lastOf(played), "operation-done", done, forger.sign));
    await attack.restart();
    await attack.names(played.id, "RECORDER-SIGNED");
    await attack.wentRound();
    expect(await attack.keys()).toEqual(before);
  });

  test("the outcome of a key that was made, changed afterwards: RECORDER-SIGNED at the next start", async () => {
    const played = await attack.opened();
    await attack.enter(played, "custodian-1");
    await attack.enter(played, "custodian-2");
    await played.stepDone("key");
    const before = await attack.keys();
    const rows = await played.entries();
    const outcome = rows.find((entry) => entry.kind === "operation-done") as EntryOf<"operation-done">;
    const changed = { ...outcome, body: { ...outcome.body, outcome: { ...outcome.body.outcome, spkiSha256: "00".repeat(32) } } };
    await attack.owner.overwrite(played.id, { [outcome.seq]: changed });
    await attack.restart();
    await attack.names(played.id, "RECORDER-SIGNED");
    expect(await attack.keys()).toEqual(before);
  });
});

describe("a recorder that is not the worker", () => {
  const { certificate, keys } = impostor;
  const own = { spki: base64url(keys.spki), certificate: base64url(certificate) };

  /** A ceremony to which somebody else's recorder is attached before the worker can look. */
  async function captured(recorder: (real: { spki: string; certificate: string }) => { spki: string; certificate: string }, sign: Sign) {
    const [real] = (await (await attack.opened()).entries()).filter((entry) => entry.kind === "recorder-attached");
    const { body } = real as EntryOf<"recorder-attached">;
    const played = attack.ceremony();
    attack.worker.kill("SIGSTOP");
    await played.open();
    const opened = (await lastOf(played)) as EntryOf<"ceremony-opened">;
    const { scriptHash, rosterHash } = opened.body;
    const attached = await recorded(opened, "recorder-attached", { ...body, scriptHash, rosterHash, recorder: recorder(body.recorder) }, sign);
    await attack.owner.insert(attached);
    attack.worker.kill("SIGCONT");
    return { played, attached };
  }

  test("with its own key and certificate, and with an intent that the rules would admit: RECORDER-MINE", async () => {
    const before = await attack.keys();
    const { played } = await captured(() => own, keys.sign);
    await attack.names(played.id, "RECORDER-MINE");
    await played.openStep("key");
    await attack.enter(played, "custodian-1");
    await attack.enter(played, "custodian-2");
    const state = await played.state();
    const quorum = quorumOf(state, state.steps[0]!);
    if (!quorum.ok) throw new Error("no quorum");
    const { hash, approvals } = quorum.value;
    const sound = { ...intent(played), ckaId: ckaIdOf(hash, 0), approvals: [...approvals], quorumHash: hash };
    await attack.owner.insert(await recorded(await lastOf(played), "operation-started", sound, keys.sign));
    expect((await played.state()).steps[0]?.started).not.toBeNull();
    await attack.refuses(played, "RECORDER-MINE", before, { intent: true });
  });

  test("with its own key and the worker's certificate: RECORDER-MINE", async () => {
    const before = await attack.keys();
    const { played } = await captured(({ certificate }) => ({ ...own, certificate }), keys.sign);
    await attack.refuses(played, "RECORDER-MINE", before);
  });

  test("with the worker's key, which it cannot use: RECORDER-SIGNED", async () => {
    const before = await attack.keys();
    const { played } = await captured((real) => real, keys.sign);
    await attack.refuses(played, "RECORDER-SIGNED", before);
  });

  test("attached to a ceremony that has its recorder: RECORDER-FIRST", async () => {
    const before = await attack.keys();
    const played = await attack.opened();
    const attached = (await played.entries())[1] as EntryOf<"recorder-attached">;
    await attack.owner.insert(await recorded(await lastOf(played), "recorder-attached", { ...attached.body, recorder: own }, keys.sign));
    await attack.refuses(played, "RECORDER-FIRST", before);
  });
});

describe("stop pressed", () => {
  test("between the last approval and the worker's next look: no intent is written, PHASE-STOPPED", async () => {
    const before = await attack.keys();
    const played = await attack.opened();
    attack.worker.kill("SIGSTOP");
    await attack.enter(played, "custodian-1");
    await attack.enter(played, "custodian-2");
    await played.stop();
    attack.worker.kill("SIGCONT");
    await attack.refuses(played, "PHASE-STOPPED", before);
  });

  test("between the intent and the call to the token: the operation ends as one that never began", async () => {
    const before = await attack.keys();
    const played = await killedAfterIntent();
    await played.stop();
    await attack.restart();
    await played.until("the failure", ({ steps }) => steps[0]?.failure !== null);
    const failed = (await played.entries()).find((entry) => entry.kind === "operation-failed") as EntryOf<"operation-failed">;
    expect(failed.body.fault.name).toBe("STOPPED-BEFORE-IT-BEGAN");
    await attack.wentRound();
    expect(await attack.keys()).toEqual(before);
  });
});

describe("clocks and modes", () => {
  test.each([
    ["three", 3],
    ["nineteen", 19],
  ])("an approval dated %s minutes ahead, which the statement allows: CLOCK-AHEAD", async (_words, minutes) => {
    const before = await attack.keys();
    const played = await attack.opened();
    await attack.enter(played, "custodian-1");
    await attack.enter(played, "custodian-2", { at: new Date(Date.now() + minutes * 60_000).toISOString() });
    await attack.refuses(played, "CLOCK-AHEAD", before);
  });

  test("a production ceremony with people trusted for rehearsals: ROSTER-MODE", async () => {
    const before = await attack.keys();
    await attack.restart({ mode: "production" });
    const played = attack.ceremony({ mode: "production", roster: attack.rosters.rehearsal });
    await attack.owner.insert(opening(played));
    await attack.refuses(played, "ROSTER-MODE", before);
    await attack.restart();
  });

  test("a production ceremony at a worker for rehearsals: MODE-ACCEPTED", async () => {
    const before = await attack.keys();
    const played = await attack.ceremony({ mode: "production" }).open();
    await attack.refuses(played, "MODE-ACCEPTED", before);
  });
});

test("control: the same grounds, after all of it, make exactly one key when nobody attacks", async () => {
  const before = await attack.keys();
  const played = await attack.opened();
  await attack.enter(played, "custodian-3");
  await attack.enter(played, "custodian-2");
  await played.stepDone("key");
  expect(await attack.keys()).toHaveLength(before.length + 2);
});

/** A ceremony whose quorum is there and whose intent is written, by a worker that was killed before it touched the token. */
async function killedAfterIntent(): Promise<PlayedCeremony> {
  await attack.restart({ killAt: "key after append operation-started" });
  const played = await attack.opened();
  await attack.enter(played, "custodian-1");
  await attack.enter(played, "custodian-2");
  expect(await attack.worker.exited, attack.worker.output).toBe("SIGKILL");
  expect((await lastOf(played)).kind).toBe("operation-started");
  return played;
}
