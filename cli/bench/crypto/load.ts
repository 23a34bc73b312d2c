import { Agent, request } from "node:http";
import { getPriority, setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The applications: a process of its own, which sends to 127.0.0.1 alone and gives way to whom it asks. Ordered by its
 * parent, one load after the other.
 */
export interface LoadOrder {
  readonly callers: readonly Caller[];
  /** What each of them sends, JSON. */
  readonly body: string;
  /** What is answered before is not counted. */
  readonly warmMs: number;
  readonly countedMs: number;
  /**
   * How many are sent a second, at times that nobody waits for, like those of many strangers; null where each sends when
   * answered.
   */
  readonly perSecond: number | null;
}
export interface Caller {
  readonly account: string;
  /** The whole address that is asked, at 127.0.0.1. */
  readonly url: string;
  readonly access: string;
}
export interface LoadReport {
  readonly seconds: number;
  readonly done: number;
  /** Answers of every kind, also those before and after what is counted. */
  readonly answered: number;
  /** How many were signed for each account. */
  readonly ofAccounts: Readonly<Record<string, number>>;
  /** Milliseconds of each, from when it was to be sent. */
  readonly waited: readonly number[];
  /** How many were refused, by name, and how many of them said when to come again. */
  readonly refused: Readonly<Record<string, number>>;
  readonly saidWhen: number;
  /** The longest that one caller of an account was without a signature, milliseconds; of those that ask when answered. */
  readonly longestWithout: Readonly<Record<string, number>>;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: number | null;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity });

function ask({ url, access }: Caller, body: string): Promise<Answer> {
  return new Promise((answered, failed) => {
    const { hostname, port, pathname } = new URL(url);
    if (hostname !== "127.0.0.1") throw new Error("only to this machine");
    const headers = { authorization: `Bearer ${access}`, "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asked = request({ agent, host: hostname, port, path: pathname, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        const after = response.headers["retry-after"];
        answered({ status: response.statusCode ?? 0, retryAfter: after === undefined ? null : Number(after), text });
      });
      response.on("error", failed);
    });
    asked.on("error", failed);
    asked.end(body);
  });
}

/** One load, and what is counted of it. */
class Load {
  readonly #order: LoadOrder;
  readonly #from: number;
  readonly #until: number;
  readonly #waited: number[] = [];
  readonly #accounts = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  readonly #longestWithout = new Map<string, number>();
  #saidWhen = 0;
  #answered = 0;

  constructor(order: LoadOrder) {
    this.#order = order;
    this.#from = performance.now() + order.warmMs;
    this.#until = this.#from + order.countedMs;
  }

  async run(): Promise<LoadReport> {
    const { callers, perSecond, countedMs } = this.#order;
    await (perSecond === null ? Promise.all(callers.map((caller) => this.#loop(caller))) : this.#stream(perSecond));
    return {
      ...{ seconds: countedMs / 1e3, done: this.#waited.length, waited: this.#waited, saidWhen: this.#saidWhen },
      answered: this.#answered,
      ...{ ofAccounts: Object.fromEntries(this.#accounts), refused: Object.fromEntries(this.#refused) },
      longestWithout: Object.fromEntries(this.#longestWithout),
    };
  }

  /** Asks, waits for the answer or as long as it is told to, asks again. */
  async #loop(caller: Caller): Promise<void> {
    let last = this.#from;
    const signedAt = (now: number): void => {
      const [before, without] = [this.#longestWithout.get(caller.account) ?? 0, Math.min(now, this.#until) - last];
      this.#longestWithout.set(caller.account, Math.max(before, without));
      last = Math.max(now, this.#from);
    };
    while (performance.now() < this.#until) {
      const { status, retryAfter } = await this.#one(caller, performance.now());
      if (status === 200) signedAt(performance.now());
      if (status === 503) await sleep(1_000 * (retryAfter ?? 0.1) * (0.75 + Math.random() / 2));
    }
    signedAt(this.#until);
  }

  /** Sends at random times, so many a second, whether answers come or not; what is late counts from when it was due. */
  async #stream(perSecond: number): Promise<void> {
    const { callers } = this.#order;
    const under: Promise<unknown>[] = [];
    let due = performance.now();
    for (let i = 0; due < this.#until; i += 1) {
      const wait = due - performance.now();
      if (wait > 1) await sleep(wait);
      const caller = callers[i % callers.length];
      if (caller) under.push(this.#one(caller, due));
      due += (-1e3 * Math.log(1 - Math.random())) / perSecond;
    }
    await Promise.all(under);
  }

  async #one(caller: Caller, due: number): Promise<Answer> {
    const answer = await ask(caller, this.#order.body);
    this.#answered += 1;
    const now = performance.now();
    if (now < this.#from || now > this.#until) return answer;
    if (answer.status === 200) {
      this.#waited.push(now - due);
      this.#accounts.set(caller.account, (this.#accounts.get(caller.account) ?? 0) + 1);
      return answer;
    }
    const { name = "unnamed" } = JSON.parse(answer.text) as { name?: string };
    this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1);
    if (answer.retryAfter !== null) this.#saidWhen += 1;
    return answer;
  }
}

setPriority(Math.min(19, getPriority() + 5));
process.on("message", (order: LoadOrder) => {
  new Load(order).run().then(
    (report) => process.send?.(report),
    (fault: unknown) => {
      console.error(fault);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());
