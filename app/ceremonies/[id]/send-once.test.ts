import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sendOnce, whatCameOf } from "./send-once";
import { SentActs } from "./sent-acts";
import { tab } from "./tab-storage.under-test";

/** A server that writes down what arrives, once for each id, and a line on which answers may be lost or held. */
function grounds() {
  const written = new Map<string, { seq: number; hash: string }>();
  const line: { arrives: boolean; answer: "comes" | "lost" | "held"; refuses: string | null } = { arrives: true, answer: "comes", refuses: null };
  const json = (body: unknown, status = 200) => Promise.resolve(Response.json(body, { status }));
  vi.stubGlobal("fetch", (url: string, { method, body }: { method: string; body?: string }) => {
    if (method === "GET") return json(written.get(url.slice(url.lastIndexOf("/") + 1)) ?? null);
    const { id } = JSON.parse(body ?? "") as { id: string };
    if (line.refuses) return json({ error: { code: line.refuses, sentence: "No." } }, 409);
    if (line.arrives && !written.has(id)) written.set(id, { seq: written.size + 1, hash: "" });
    if (line.answer === "held") return new Promise(() => undefined);
    return line.answer === "lost" ? Promise.reject(new TypeError("network")) : json(written.get(id));
  });
  const kept = tab();
  const notWritten = { code: "NOT-WRITTEN", sentence: "It was not." };
  const told: (string | null)[] = [];
  const acts = () => new SentActs(kept, "c-1", "olga");
  const ways = () => ({ path: "/acts", acts: acts(), unconfirmed: (act: { id: string } | null) => told.push(act?.id ?? null), notWritten });
  return { written, line, kept, told, acts, send: (act: object) => sendOnce({ ...act }, [["draft/page", "A text"]], ways()) };
}

const STOP = { act: "stop", reason: "Smoke." };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T09:00:00.000Z") });
  vi.stubGlobal("window", new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("an act is kept with its id and what was typed before it leaves, and forgotten with its answer, whichever that is", async () => {
  const { line, acts, send, kept } = grounds();
  line.answer = "held";
  void send(STOP);
  expect(acts().all()).toMatchObject([{ act: "stop", person: null, typed: [["draft/page", "A text"]], told: false }]);
  expect(new SentActs(kept, "c-1", "wang").all(), "whoever signs in next in this tab").toEqual([]);
  line.answer = "comes";
  expect(await send({ act: "abort" })).toMatchObject({ ok: true });
  line.refuses = "PHASE-STOPPED";
  expect(await send({ act: "resume" })).toMatchObject({ ok: false });
  expect(acts().all().map(({ act }) => act)).toEqual(["stop"]);
});

test("a page loaded again while an act is being sent finds what came of it, and the same pressed again is no second one", async () => {
  const { written, line, acts, send } = grounds();
  line.answer = "held";
  void send(STOP);
  const [before] = acts().all();
  expect(before && (await whatCameOf("/acts", before))).toMatchObject({ ok: true, value: { seq: 1 } });
  line.answer = "comes";
  expect(await send(STOP)).toMatchObject({ ok: true, value: { seq: 1 } });
  expect([written.size, acts().all().length]).toEqual([1, 0]);
});

test("what is not there yet is not said not to be there before it has had time to arrive", async () => {
  const { written, line, acts, send } = grounds();
  Object.assign(line, { arrives: false, answer: "held" });
  void send(STOP);
  const [before] = acts().all();
  if (!before) throw new Error("nothing kept");
  const found = whatCameOf("/acts", before);
  await vi.advanceTimersByTimeAsync(2_000);
  written.set(before.id, { seq: 9, hash: "" });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await found).toMatchObject({ value: { seq: 9 } });
});

test("no answer is looked up before anything is said; not written down, the same keeps its id while the first may be on its way", async () => {
  const { written, line, told, acts, send } = grounds();
  Object.assign(line, { arrives: false, answer: "lost" });
  const first = send(STOP);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await first).toMatchObject({ ok: false, problem: { code: "NOT-WRITTEN" } });
  const [id] = acts().all().map((one) => one.id);
  expect(told).toEqual([id, null]);
  expect(acts().all()).toMatchObject([{ told: true }]);
  Object.assign(line, { arrives: true, answer: "comes" });
  await send(STOP);
  expect([...written.keys()]).toEqual([id]);
});

test("the same words long after they were said not to have arrived are another act: a second stop stops", async () => {
  const { line, acts, send } = grounds();
  Object.assign(line, { arrives: false, answer: "lost" });
  const first = send(STOP);
  await vi.advanceTimersByTimeAsync(10_000);
  await first;
  const [id] = acts().all().map((one) => one.id);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(acts().all()).toEqual([]);
  line.answer = "held";
  void send(STOP);
  expect(acts().all().map((one) => one.id)).not.toEqual([id]);
});

test("a refusal of a second try does not let go of the first, of which nothing is known", async () => {
  const { line, acts, send } = grounds();
  line.answer = "held";
  void send(STOP);
  const before = acts().all();
  line.refuses = "NOT-SIGNED-IN";
  expect(await send(STOP)).toMatchObject({ ok: false });
  expect(acts().all()).toEqual(before);
});

test("on a shared browser nothing that a page loaded again could guess the words from is kept", async () => {
  const { line, acts, send } = grounds();
  line.answer = "held";
  void send({ ...STOP, hand: { person: "wang", proof: null } });
  void send(STOP);
  const [one, other] = acts().all();
  expect([one?.person, other?.person].sort()).toEqual(["wang", null].sort());
  vi.resetModules();
  const later = await import("./sent-acts");
  const { act, reason } = STOP;
  const kept = (person: string | null) => acts().all().find((sent) => sent.person === person)?.content;
  expect(later.contentOf({ act, reason }, null)).toBe(kept(null));
  expect(later.contentOf({ act, reason }, "wang")).not.toBe(kept("wang"));
});
