import { request, type ClientRequest } from "node:http";
import path from "node:path";
import type { RoomView } from "#lib/conduct/room";
import { withChange, type RoomChange } from "#lib/conduct/room-change";
import type { Opening } from "#lib/log/commitment";
import { sha256, utf8 } from "#lib/log/digest";
import type { AppAddress } from "../demo/app-address";
import { CAST, PLACE } from "../demo/cast";
import { setUp, type House } from "../demo/set-up";
import { assertWith } from "../demo/software-passkey";
import { ADMINISTRATOR } from "../demo/found-house";
import type { Visitor } from "../demo/visitor";
import { keepFolder } from "../setup/checkout.mjs";
import { figure, percentile } from "./figure";

const CUSTODIANS = CAST.filter(({ role }) => role === "custodian").map(({ seat }) => seat);
const STEPS = 6;
/** The same each time: the passkeys kept in the folder hold for one origin. */
const PORT = 3977;

/**
 * From the click to the other screens: a custodian's signed approval is posted, and every viewer is told by its own server-sent
 * events, until it knows the room with the new entry in it, as a page does. The real app, worker and database.
 */
export async function benchApproval(): Promise<void> {
  const house = await setUp({ folder: path.join(keepFolder, "bench"), port: PORT, out: null, reset: false });
  for (const viewers of [2, 50]) {
    const took = await measure(house, viewers);
    const name = `approval_to_visible.${String(viewers)}_viewers`;
    figure(`${name}.approvals`, took.posts.length, "approvals");
    figure(`${name}.p50`, percentile(took.visible, 50), "ms");
    figure(`${name}.p95`, percentile(took.visible, 95), "ms");
    // Where it goes: until the app has answered the approval itself, and what the slowest screen waits after the first.
    figure(`${name}.answered_p50`, percentile(took.posts, 50), "ms");
    figure(`${name}.first_p50`, percentile(took.first, 50), "ms");
    figure(`${name}.last_p50`, percentile(took.last, 50), "ms");
  }
}

interface Took {
  readonly posts: number[];
  readonly visible: number[];
  readonly first: number[];
  readonly last: number[];
}

async function measure(house: House, count: number): Promise<Took> {
  const took: Took = { posts: [], visible: [], first: [], last: [] };
  const id = await openCeremony(house);
  const operator = visitorOf(house, "operator");
  const seats = CAST.map(({ seat }) => seat);
  const viewers = await Promise.all(
    Array.from({ length: count }, (_, i) => Viewer.open(house, id, seats[i % seats.length] ?? "operator")),
  );
  try {
    for (let step = 0; step < STEPS; step++) {
      const name = `key-${String(step)}`;
      await until(operator, id, (room) => room.recorder !== null && current(room) === name);
      await operator.post(`/api/ceremonies/${id}/acts`, { act: "open-step", step: name });
      for (const seat of CUSTODIANS) await approve(house, id, name, seat, viewers, took);
    }
  } finally {
    for (const viewer of viewers) viewer.close();
    await operator.post(`/api/ceremonies/${id}/acts`, { act: "abort", reason: "Measured." });
  }
  return took;
}

async function approve(
  house: House,
  id: string,
  step: string,
  seat: string,
  viewers: readonly Viewer[],
  took: Took,
): Promise<void> {
  const visitor = visitorOf(house, seat);
  const { statement, openings } = await visitor.get<{ statement: string; openings: Opening[] }>(
    `/api/ceremonies/${id}/statement?act=approve&step=${step}`,
  );
  const assertion = assertWith(visitor.passkey, sha256(utf8(statement)), house.app);
  const before = await visitor.get<RoomView>(`/api/ceremonies/${id}`);
  const seq = before.chain.entries;
  const began = performance.now();
  const seen = viewers.map(async (viewer) => {
    await viewer.knows(seq);
    return performance.now() - began;
  });
  await visitor.post(`/api/ceremonies/${id}/acts`, { act: "sign", statement, openings, assertion });
  took.posts.push(performance.now() - began);
  const visible = await Promise.all(seen);
  took.visible.push(...visible);
  took.first.push(Math.min(...visible));
  took.last.push(Math.max(...visible));
}

/** A browser that follows a room by one stream of events, and keeps the room as its page would. */
class Viewer {
  readonly #room: string;
  #stream: ClientRequest | null = null;
  #view: RoomView | null = null;
  #rest = "";
  #waiting: (() => void)[] = [];

  private constructor(room: string) {
    this.#room = room;
  }

  static async open(house: House, id: string, seat: string): Promise<Viewer> {
    const viewer = new Viewer(`/api/ceremonies/${id}`);
    await viewer.#listen(house.app, await sessionOf(seat, visitorOf(house, seat)));
    await viewer.knows(0);
    return viewer;
  }

  /** Resolves once the room is known with that entry in it. */
  async knows(seq: number): Promise<void> {
    while ((this.#view?.chain.entries ?? 0) <= seq) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.#stream?.destroy();
  }

  #listen(app: AppAddress, cookie: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { host: new URL(app.origin).host, accept: "text/event-stream", cookie };
      this.#stream = request(
        { host: "127.0.0.1", port: app.port, path: `${this.#room}/live`, headers, agent: false },
        (answer) => {
          if (answer.statusCode !== 200) reject(new Error(`the live stream answered ${String(answer.statusCode)}`));
          answer.setEncoding("utf8");
          answer.on("data", (text: string) => this.#hear(text));
          answer.on("error", () => undefined);
          resolve();
        },
      );
      this.#stream.on("error", () => undefined);
      this.#stream.end();
    });
  }

  #hear(text: string): void {
    const events = (this.#rest + text).split("\n\n");
    this.#rest = events.pop() ?? "";
    for (const event of events) {
      const [, kind, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      if (kind === "room") this.#view = JSON.parse(data ?? "") as RoomView;
      if (kind === "change" && this.#view) this.#view = withChange(this.#view, JSON.parse(data ?? "") as RoomChange);
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

const sessions = new Map<string, Promise<string>>();
/** One session for each seat, however many windows it has open: sign-ins are limited, and are not what is measured. */
function sessionOf(seat: string, visitor: Visitor): Promise<string> {
  const known = sessions.get(seat) ?? opened(visitor);
  sessions.set(seat, known);
  return known;
}

async function opened(visitor: Visitor): Promise<string> {
  // The visitor's own, before many ask for it at once.
  await visitor.get("/api/session");
  const lines = await visitor.openSession();
  return lines.map((line) => line.split(";")[0] ?? "").join("; ");
}

function visitorOf(house: House, seat: string): Visitor {
  const visitor = house.visitors.get(seat);
  if (!visitor) throw new Error(`the cast has no ${seat}`);
  return visitor;
}

const current = (room: RoomView) => room.acts.flatMap(({ steps }) => steps).find((step) => step.current)?.step;

async function until(visitor: Visitor, id: string, isSo: (room: RoomView) => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!isSo(await visitor.get<RoomView>(`/api/ceremonies/${id}`))) {
    if (Date.now() > end) throw new Error("the ceremony does not move");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A ceremony that is nothing but approvals: every custodian must agree to every key. */
async function openCeremony(house: House): Promise<string> {
  const administrator = visitorOf(house, ADMINISTRATOR);
  const mark = Date.now().toString(36);
  const keys = Array.from({ length: STEPS }, (_, i) => {
    const order = `{ operation: generate-secret-key, label: bench-${mark}-${String(i)}, algorithm: AES-256, usage: [encrypt, decrypt], extractable: false }`;
    return `      - { step: key-${String(i)}, kind: operation, title: Key, say: Make it., operations: [${order}] }`;
  });
  const yaml = [
    ...[
      `script: bench-${mark}`,
      "edition: 1",
      "title: Bench",
      "purpose: To measure.",
      "environment: test",
      "minutes: 5",
      "expires: { minutes: 30 }",
    ],
    ...[
      `quorum: { approve: ${String(CUSTODIANS.length)}, of: ${String(CUSTODIANS.length)} }`,
      "witnesses: { least: 1 }",
      "prerequisites: []",
      "equipment: []",
    ],
    ...["acts:", "  - act: all", "    title: All", "    steps:", ...keys],
    "      - { step: signatures, kind: sign-off, title: Sign, say: It is so., by: [operator] }",
  ].join("\n");
  const { hash } = await administrator.post<{ hash: string }>("/api/scripts", { yaml: `${yaml}\n` });
  const { rosters } = await administrator.get<{ rosters: { hash: string }[] }>("/api/roster");
  const { id } = await administrator.post<{ id: string }>("/api/ceremonies", {
    title: "Bench",
    place: PLACE,
    scriptHash: hash,
    rosterHash: rosters[0]?.hash,
    participants: CAST.map(({ seat, role }) => ({ person: seat, role })),
  });
  return id;
}
