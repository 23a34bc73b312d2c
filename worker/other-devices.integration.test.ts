import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { performed, stateOf, type Ceremony } from "#lib/ceremony/ceremony";
import type { Script, Step } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import { inventoryOf } from "#lib/operations/list-keys";
import { recordDocument } from "#lib/record/record";
import type { ObjectReading } from "#lib/token/attributes";
import { WorkerMemory } from "./memory";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { ChildToken } from "./token/child-token";
import { testToken, type TestToken } from "./token/test-token.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

// Copying to and destroying on real devices by a real worker: the right device, enough people, and nothing done twice.

let grounds: WorkerGrounds;
const [vault, impostor] = [await testToken("softhsm", "vault"), await testToken("softhsm", "vault")];
afterAll(() => {
  vault.drop();
  impostor.drop();
});
beforeEach(async () => {
  grounds = await WorkerGrounds.open();
});
afterEach(() => grounds.close());

/** Writes the worker's list of other tokens: the name "vault", and what stands behind it. */
function list({ options, pinFile }: TestToken, label = options.label): Record<string, string> {
  const file = path.join(grounds.stateFolder, "others.json");
  const { modulePath, profile, environment } = options;
  const { SOFTHSM2_CONF = "" } = environment;
  writeFileSync(file, JSON.stringify([{ name: "vault", modulePath, profile, label, pinFile, environment: { SOFTHSM2_CONF } }]));
  return { CLAVIGER_OTHER_TOKENS_FILE: file };
}

const work = (step: string, ...operations: Extract<Step, { kind: "operation" }>["operations"]): Step => ({
  step,
  kind: "operation",
  title: step,
  say: step,
  operations,
});
const KEY = { operation: "generate-key-pair", label: "jwt", algorithm: "EC-P256", usage: ["sign"], extractable: true };

/** Make a key, copy it into the vault, condemn it, destroy it, look at both tokens. */
function script(): Script {
  const small = smallScript();
  const [health, signatures] = ["health", "signatures"].map((id) => small.acts[0]?.steps.find(({ step }) => step === id));
  if (!health || !signatures) throw new Error("the small script has changed");
  const steps = [
    health,
    work("before", { operation: "list-keys", token: "vault" }),
    work("key", KEY),
    work("clone", { operation: "clone-key", label: "jwt", to: "vault" }),
    work("condemn", { operation: "condemn-key", label: "jwt" }),
    work("destroy", { operation: "destroy-key", label: "jwt" }),
    work("after", { operation: "list-keys" }, { operation: "list-keys", token: "vault" }),
    signatures,
  ];
  return { ...small, acts: [{ act: "all", title: "All", steps }] };
}

async function opened(): Promise<PlayedCeremony> {
  const played = await new PlayedCeremony(grounds.app, { script: script() }).open();
  grounds.trust(played.roster);
  return played;
}

async function objectsOn({ options }: TestToken): Promise<readonly ObjectReading[]> {
  const token = await ChildToken.open(options);
  try {
    return await token.listObjects();
  } finally {
    await token.close();
  }
}
/** Takes away what a test has left in a vault. */
async function empty({ options }: TestToken): Promise<void> {
  const token = await ChildToken.open(options);
  await token.destroyAll();
  await token.close();
}
const named = (objects: readonly ObjectReading[]): string[] =>
  objects.map(({ objectClass, label }) => `${objectClass} ${label}`).sort();

async function untilBlocked(id: string, code: string): Promise<string> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const [said] = await grounds.health();
    const block = ((said?.facts["ceremonies"] ?? {}) as Record<string, { code: string; sentence: string }>)[id];
    if (block?.code === code) return block.sentence;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not blocked by ${code}: ${JSON.stringify(await grounds.health())}`);
}

const outcomesOf = (ceremony: Ceremony, operation: string) =>
  performed(ceremony).filter(({ request }) => request.operation === operation);

test("a key is copied into the device that was announced, and destroyed on its own token", async () => {
  const played = await opened();
  const worker = grounds.start({ env: list(vault) });
  await played.playTo("clone").catch((fault: unknown) => {
    throw new Error(`${String(fault)}\n${worker.output}`);
  });
  await played.openStep("clone");
  const serial = (await played.state()).recorder?.others?.[0]?.serial;
  const statement = await played.statement("custodian-1", { act: "approve", step: "clone", verdict: null, remark: null });
  expect(statement.token).toEqual({ serial: grounds.serial, others: { vault: serial } });
  const ceremony = await played.playToEnd();

  const [own, others] = outcomesOf(ceremony, "list-keys").slice(-2);
  expect(inventoryOf(own?.outcome ?? {})).toMatchObject({ made: 0, unexpected: [], missing: [] });
  expect(inventoryOf(others?.outcome ?? {})).toMatchObject({ made: 1, unexpected: [], missing: [] });
  const record = recordDocument({ entries: await played.entries(), openings: [] }, ceremony, book);
  expect(record.keys).toMatchObject([{ label: "jwt", destroyed: { step: "destroy" } }]);
  expect(record.token).toContainEqual(
    expect.objectContaining({ name: "Other token: vault", value: expect.stringContaining(`serial ${serial ?? ""}`) as string }),
  );
  expect(await grounds.tokenObjects()).toEqual([]);
  expect(named(await objectsOn(vault))).toEqual(["private-key jwt", "public-key jwt"]);
  expect(worker.output).not.toContain("canary");
  await empty(vault);
});

describe("with M - 1 approvals", () => {
  test.each([
    ["clone", ["private-key jwt", "public-key jwt"]],
    ["destroy", ["private-key jwt", "public-key jwt"]],
  ] as const)("nothing is done in %s, however often the worker looks", async (step, there) => {
    const played = await opened();
    grounds.start({ env: list(vault) });
    await played.playTo(step);
    await played.openStep(step);
    await played.approveBy(step, 1);
    // The worker visits ceremonies in the order of their ids: with this one it has gone past the other.
    const last = await new PlayedCeremony(grounds.app, { id: "zz-last", cast: played.cast, roster: played.roster }).open();
    await last.attached();
    expect(stateOf(await played.state(), step)).toMatchObject({ status: "open", started: null });
    expect(named(await grounds.tokenObjects())).toEqual([...there]);
    expect(named(await objectsOn(vault))).toEqual(step === "clone" ? [] : [...there]);
    await empty(vault);
  });
});

describe("another device than the one that was approved", () => {
  test(
    "gets no copy: the worker names both serial numbers, and goes on when the right one is back",
    async () => {
      const played = await opened();
      grounds.start({ env: list(vault) });
      await played.playTo("clone");
      await grounds.stopAll();

      grounds.start({ env: list(impostor) });
      await played.openStep("clone");
      await played.approveBy("clone", 2);
      expect(await untilBlocked(played.id, "OTHER-TOKEN-SERIAL")).toContain("people agreed to");
      expect(stateOf(await played.state(), "clone")).toMatchObject({ status: "open", started: null });
      await grounds.stopAll();
      expect(await objectsOn(impostor)).toEqual([]);
      expect(await objectsOn(vault)).toEqual([]);

      grounds.start({ env: list(vault) });
      await played.stepDone("clone");
      await grounds.stopAll();
      expect(named(await objectsOn(vault))).toEqual(["private-key jwt", "public-key jwt"]);
      await empty(vault);
    },
  );

  test(
    "that comes between the intent and the work is not touched, and nothing is said of the work meanwhile",
    async () => {
      const played = await opened();
      const killed = grounds.start({ env: list(vault), killAt: "clone after append operation-started" });
      await played.playTo("clone");
      await played.openStep("clone");
      await played.approveBy("clone", 2);
      expect(await killed.exited).toBe("SIGKILL");

      grounds.start({ env: list(impostor) });
      await untilBlocked(played.id, "OTHER-TOKEN-SERIAL");
      expect(stateOf(await played.state(), "clone")?.started).not.toBeNull();
      await grounds.stopAll();
      expect(await objectsOn(impostor)).toEqual([]);

      grounds.start({ env: list(vault) });
      await played.stepDone("clone");
      await grounds.stopAll();
      await empty(vault);
    },
  );
});

test("a device that never comes back: the aborted ceremony waits for it until it is given up at the console", async () => {
  const played = await opened();
  const killed = grounds.start({ env: list(vault), killAt: "clone after append operation-started" });
  await played.playTo("clone");
  await played.openStep("clone");
  await played.approveBy("clone", 2);
  expect(await killed.exited).toBe("SIGKILL");
  grounds.start({ env: list(vault, "nobody") });
  await untilBlocked(played.id, "OTHER-TOKEN-THERE");
  await played.abort();
  await untilBlocked(played.id, "OTHER-TOKEN-THERE");
  expect((await played.state()).phase).toBe("aborted");

  new WorkerMemory(grounds.stateFolder).giveUp(played.id, new Date().toISOString());
  await expect.poll(async () => (await played.state()).phase, { timeout: 60_000 }).toBe("closed");
  const ceremony = await played.state();
  expect(stateOf(ceremony, "clone")?.failure?.fault).toMatchObject({ call: "clone-key", name: "OUTCOME-UNKNOWN" });
  expect(ceremony.deviations.map(({ body }) => ("code" in body ? body.code : ""))).toContain("device-given-up");
});

describe("before the recorder attaches", () => {
  test(
    "a token that nobody listed, and one that is not there, keep the ceremony from beginning",
    async () => {
      const played = await opened();
      grounds.start();
      await untilBlocked(played.id, "OTHER-TOKEN-LISTED");
      await grounds.stopAll();
      grounds.start({ env: list(vault, "nobody") });
      await untilBlocked(played.id, "OTHER-TOKEN-THERE");
      expect(await played.kinds()).toEqual(["ceremony-opened"]);
      await grounds.stopAll();
      grounds.start({ env: list(vault) });
      expect((await played.attached()).recorder?.others).toMatchObject([{ name: "vault", label: "vault" }]);
    },
  );
});

test.each([
  ["before wrapTo", false],
  ["after wrapTo", false],
  ["before append operation-done", true],
] as const)("kill -9 %s: one copy, recovered: %s", async (seam, recovered) => {
  const played = await opened();
  const killed = grounds.start({ env: list(vault), killAt: `clone ${seam}` });
  await played.playTo("clone");
  await played.openStep("clone");
  await played.approveBy("clone", 2);
  expect(await killed.exited, killed.output).toBe("SIGKILL");
  grounds.start({ env: list(vault) });
  const [clone] = outcomesOf(await played.stepDone("clone"), "clone-key");
  expect(clone?.recovered).toBe(recovered);
  await grounds.stopAll();
  expect(named(await objectsOn(vault))).toEqual(["private-key jwt", "public-key jwt"]);
  await empty(vault);
});
