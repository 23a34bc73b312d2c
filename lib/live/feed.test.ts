import { expect, it, onTestFinished, vi } from "vitest";
import { Feed, type Reader, type Sight } from "./feed";
import { LiveBus, type Change } from "./live-bus";

/** What is followed here: a number that goes up. Only those whose roles say so may see it. */
class Count implements Sight<Count> {
  constructor(
    readonly count: number,
    readonly text = "x",
  ) {}
  mayBeSeenBy({ roles }: Reader): boolean {
    return roles.includes("watcher");
  }
  whole(person: string): string {
    return JSON.stringify({ count: this.count, for: person, text: this.text });
  }
  change({ count }: Count, person: string): string {
    return JSON.stringify({ from: count, to: this.count, for: person });
  }
}

const MINUTE = 60_000;
/** What comes about is waited for, however busy the machine. */
const PATIENCE = { timeout: MINUTE };

function grounds({ beatMs = MINUTE } = {}) {
  let tell: (change: Change) => void = () => undefined;
  const stop = vi.fn(() => Promise.resolve());
  const bus = new LiveBus((onChange) => ((tell = onChange), { stop }));
  onTestFinished(() => bus.close());
  const sessions = new Map(["ada", "ben"].map((person) => [`of-${person}`, { person, roles: ["watcher"] }]));
  const there = { sight: new Count(0) as Count | null, looks: 0 };
  const look = vi.fn((id: string) => Promise.resolve(id === "c-1" ? there.sight : null));
  const readers = vi.fn((ids: readonly string[]) => Promise.resolve(new Map([...sessions].filter(([id]) => ids.includes(id)))));
  const feed = new Feed<Count>(bus, { look, readers }, beatMs);
  const ask = (person: string, signal = new AbortController().signal) => feed.follow("c-1", `of-${person}`, "en", signal);
  const follow = async (person: string, signal?: AbortSignal) => {
    const line = await ask(person, signal);
    if (!(line instanceof Response)) throw new Error(`no line: ${String(line)}`);
    return new Listener(line);
  };
  return { bus, stop, sessions, there, look, readers, ask, follow, tell: (change: Change) => tell(change) };
}

/** What a browser hears on its line. */
class Listener {
  heard = "";
  readonly #reader: ReadableStreamDefaultReader<string>;
  constructor(readonly response: Response) {
    this.#reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  }
  async hears(text: string): Promise<void> {
    while (!this.heard.includes(text)) {
      const { value, done } = await this.#reader.read();
      if (done) throw new Error(`the line ended after: ${this.heard}`);
      this.heard += value;
    }
  }
  async ends(): Promise<string> {
    for (let part = await this.#reader.read(); !part.done; part = await this.#reader.read()) this.heard += part.value;
    return this.heard;
  }
  hangUp(): Promise<void> {
    return this.#reader.cancel();
  }
}

const entry = (ceremony: string, seq: number): Change => ({ ceremony, seq, kind: "step-opened" });
const resync: Change = { ceremony: null, seq: null, kind: "resync" };
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it("tells the whole first and then what has changed, to each in their own words, and nothing of anything else", async () => {
  const { follow, there, tell } = grounds();
  const [ada, ben] = await Promise.all([follow("ada"), follow("ben")]);
  await ada.hears('event: room\ndata: {"count":0,"for":"ada","text":"x"}\n\n');
  there.sight = new Count(1);
  tell(entry("c-2", 8));
  await settled();
  expect(ada.heard).not.toContain("change");
  tell(entry("c-1", 7));
  await ada.hears('event: change\ndata: {"from":0,"to":1,"for":"ada"}\n\n');
  await ben.hears('"from":0,"to":1,"for":"ben"');
});

it("looks once for all who follow, and once more for all that happened while it looked", async () => {
  const { follow, there, tell, look, readers } = grounds();
  const lines = await Promise.all(Array.from({ length: 40 }, (_, i) => follow(i % 2 ? "ada" : "ben")));
  await Promise.all(lines.map((line) => line.hears("event: room")));
  look.mockClear();
  readers.mockClear();
  for (let seq = 1; seq <= 20; seq++) {
    there.sight = new Count(seq);
    tell(entry("c-1", seq));
  }
  await Promise.all(lines.map((line) => line.hears('"to":20')));
  expect([look.mock.calls.length, readers.mock.calls.length]).toEqual([2, 2]);
});

it("says nothing when nothing has changed, whatever was announced", async () => {
  const { follow, tell } = grounds();
  const ada = await follow("ada");
  await ada.hears("event: room");
  for (const change of [entry("c-1", 1), resync]) tell(change);
  await settled();
  expect(ada.heard.match(/event:/g)).toHaveLength(1);
});

it("lets nobody follow what they may not see, what is not there, or without a session that holds", async () => {
  const { ask, sessions, there } = grounds();
  expect(await ask("nobody")).toBeNull();
  sessions.set("of-ada", { person: "ada", roles: [] });
  expect(await ask("ada")).toBeNull();
  there.sight = null;
  expect(await ask("ben")).toBeNull();
});

it.each<[string, (sessions: Map<string, Reader>) => unknown]>([
  ["session was revoked", (sessions) => sessions.delete("of-ada")],
  ["person may no longer see it", (sessions) => sessions.set("of-ada", { person: "ada", roles: [] })],
])("ends the line of a reader whose %s before anything more is told on it", async (_, revoke) => {
  const { follow, sessions, there, tell } = grounds();
  const [ada, ben] = await Promise.all([follow("ada"), follow("ben")]);
  revoke(sessions);
  there.sight = new Count(1);
  tell(entry("c-1", 1));
  await ben.hears("event: change");
  expect(await ada.ends()).not.toContain("change");
});

it("beats while nothing happens, and notices then who may no longer look", async () => {
  const { follow, sessions } = grounds({ beatMs: 5 });
  const ada = await follow("ada");
  await ada.hears("event: beat");
  sessions.clear();
  await ada.ends();
});

it("ends every line when it cannot look; whoever comes back is told why", async () => {
  const { follow, look, tell } = grounds();
  const ada = await follow("ada");
  await ada.hears("event: room");
  look.mockRejectedValue(new Error("no database"));
  tell(resync);
  await ada.ends();
  await expect(follow("ada")).rejects.toThrow("no database");
});

it("keeps for a reader who does not read no more than what was sent, and tells them the newest when they do", async () => {
  const { follow, there, tell } = grounds();
  there.sight = new Count(0, "y".repeat(100_000));
  const ada = await follow("ada");
  for (let seq = 1; seq <= 100; seq++) {
    there.sight = new Count(seq);
    tell(entry("c-1", seq));
    await settled();
  }
  await ada.hears('"to":100');
  expect(ada.heard.match(/event: change/g)?.length).toBeLessThan(6);
});

it("is told not to be held back or packed by whatever stands between", async () => {
  const { follow } = grounds();
  const { headers } = (await follow("ada")).response;
  expect(headers.get("content-type")).toContain("text/event-stream");
  expect(headers.get("cache-control")).toBe("no-cache, no-transform");
  expect(headers.get("x-accel-buffering")).toBe("no");
});

it("lets go of a reader who leaves or hangs up", async () => {
  const { follow, tell, look } = grounds();
  const leaving = new AbortController();
  const [ada, ben] = await Promise.all([follow("ada", leaving.signal), follow("ben")]);
  leaving.abort();
  await ada.ends();
  await ben.hangUp();
  // As soon as both are gone nothing is looked at for anybody.
  await vi.waitFor(() => {
    look.mockClear();
    tell(entry("c-1", 1));
    expect(look).not.toHaveBeenCalled();
  }, PATIENCE);
});

it("lets one session have so many lines open and no more, until one of them ends", async () => {
  const { ask, follow } = grounds();
  const lines = await Promise.all(Array.from({ length: 24 }, () => follow("ada")));
  expect(await ask("ada")).toBe("enough");
  await (await follow("ben")).hangUp();
  await lines[0]?.hangUp();
  await vi.waitFor(async () => (await follow("ada")).hears("event: room"), PATIENCE);
});

it("ends with the process, and a line that begins afterwards ends at once", async () => {
  const { follow, bus, stop } = grounds();
  const lines = await Promise.all(Array.from({ length: 20 }, () => follow("ada")));
  await bus.close();
  await Promise.all(lines.map((line) => line.ends()));
  expect(await (await follow("ada")).ends()).toContain("retry: 1000");
  expect(stop.mock.calls).toHaveLength(1);
});
