import { existsSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isRemains } from "#lib/token/attributes";
import { PinRefused, TokenFault, TokenGone } from "#lib/token/fault";
import { obtainKey } from "#lib/token/obtain-key";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { ChildToken, type ChildTokenOptions } from "./child-token";
import { initToken } from "./init-token";
import { CANARY_PIN, CANARY_SO_PIN, type TestToken, testToken } from "./test-token.under-test";

let ground: TestToken;
let softHsm: ChildTokenOptions;
const opened: ChildToken[] = [];
beforeAll(async () => {
  ground = await testToken("softhsm");
  softHsm = ground.options;
});
afterAll(() => ground.drop());
afterEach(async () => {
  await Promise.all(opened.splice(0).map((token) => token.close()));
});

async function open(changes: Partial<ChildTokenOptions> = {}): Promise<ChildToken> {
  const token = await ChildToken.open({ ...softHsm, ...changes });
  opened.push(token);
  return token;
}

/** Kills the child when SoftHSM touches its files for the nth time during the call, or after the call when it never does. */
async function killAtWrite(token: ChildToken, nth: number, act: () => Promise<unknown>): Promise<void> {
  const [folder] = readdirSync(path.join(ground.folder, "tokens"));
  let touched = 0;
  const watching = watch(path.join(ground.folder, "tokens", folder!), () => {
    touched += 1;
    if (touched === nth && token.state === "ready") kill(token);
  });
  await act().catch(() => undefined);
  watching.close();
  if (token.state === "ready") kill(token);
}

const kill = (token: ChildToken): void => void process.kill(token.pid!, "SIGKILL");

describe("a child that dies", () => {
  test("fails what waits as TokenGone, says so once, and is replaced by reopen", async () => {
    const reasons: string[] = [];
    const token = await open({ onGone: (why) => reasons.push(why) });
    const before = token.pid;
    const waiting = [token.prepareKey(freshTemplate("RSA-4096")), token.listObjects(), token.info()];
    kill(token);
    for (const call of await Promise.allSettled(waiting)) {
      expect(call).toMatchObject({ status: "rejected", reason: { name: "TokenGone", gone: true, ckrName: "CHILD-ENDED SIGKILL" } });
    }
    expect(token.state).toBe("gone");
    await expect(token.info()).rejects.toMatchObject({ ckrName: "TOKEN-IS-GONE" });
    expect(reasons).toEqual(["CHILD-ENDED SIGKILL"]);
    await Promise.all([token.reopen(), token.reopen()]);
    expect(token.state).toBe("ready");
    expect(token.pid).not.toBe(before);
    expect((await token.info()).label).toBe("test");
  });

  test("during key generation leaves nothing on the token, whenever it dies", async () => {
    const token = await open();
    const before = await token.listObjects();
    for (let round = 0; round < 6; round += 1) {
      // Now and then one key is there at once: it is killed in the middle of one of two.
      const generating = [1, 2].map(() => token.prepareKey(freshTemplate("RSA-4096")));
      const all = Promise.all(generating);
      await Promise.all([expect(all).rejects.toBeInstanceOf(TokenGone), sleep(round * 25).then(() => kill(token))]);
      await token.reopen();
      expect(await token.listObjects()).toEqual(before);
    }
  });

  test("while keeping a key leaves none, half of one or one; asked again, exactly one", async () => {
    const token = await open();
    for (let round = 0; round < 14; round += 1) {
      const template = freshTemplate("EC-P256");
      const prepared = await token.prepareKey(template);
      if (!prepared.ok) throw new Error(prepared.refusal.reason);
      await killAtWrite(token, round, () => token.keepKey(prepared.value.handle));
      await token.reopen();
      expect(await obtainKey(token, template)).toMatchObject({ ok: true });
      const keys = (await token.listObjects()).filter(({ label }) => label === template.label);
      expect(keys.map(({ objectClass }) => objectClass)).toEqual(["private-key", "public-key"]);
    }
    expect((await token.listObjects()).filter(isRemains)).toEqual([]);
  });

  test("leaves half a pair or a nameless object: found as half, cleared, and the key is made anew", async () => {
    const other = await testToken("softhsm", "halves");
    const [folder] = readdirSync(path.join(other.folder, "tokens"));
    const place = path.join(other.folder, "tokens", folder!);
    const objects = (): string[] => readdirSync(place).filter((file) => file.endsWith(".object") && file !== "token.object");
    const token = await ChildToken.open(other.options);
    opened.push(token);
    const template = freshTemplate("EC-P256");
    await obtainKey(token, template);
    expect(objects()).toHaveLength(2);
    const damages = [() => rmSync(path.join(place, objects()[0]!)), () => rmSync(path.join(place, objects()[1]!))];
    // Eight bytes are what SoftHSM has written of an object before its first attribute.
    const leaveNameless = (): void => {
      for (const file of objects()) rmSync(path.join(place, file));
      for (const [end, size] of [["object", 8], ["lock", 0]] as const) {
        writeFileSync(path.join(place, `11111111-2222-3333-4444-555555555555.${end}`), Buffer.alloc(size));
      }
    };
    for (const damage of [...damages, leaveNameless]) {
      await token.close();
      damage();
      await token.reopen();
      const lookup = await token.lookById(template.id);
      expect(lookup).toMatchObject({ found: "half", parts: [{}] });
      expect(lookup.found === "half" && isRemains(lookup.parts[0]!)).toBe(damage === leaveNameless);
      expect(await obtainKey(token, template)).toMatchObject({ ok: true, value: { recovered: false, destroyed: [{}] } });
      expect((await token.listObjects()).map(({ objectClass }) => objectClass)).toEqual(["private-key", "public-key"]);
    }
    other.drop();
  });

  test("is ended when a call takes longer than the limit", async () => {
    const token = await open({ callLimitMs: 150 });
    await expect(Promise.all([token.prepareKey(freshTemplate("RSA-4096")), token.prepareKey(freshTemplate("RSA-4096"))])).rejects.toMatchObject({
      name: "TokenGone",
      ckrName: "NO-ANSWER-IN-TIME",
    });
    await expect(token.info()).rejects.toBeInstanceOf(TokenGone);
  });

  test("does not die by the signals of a terminal or a supervisor", async () => {
    const token = await open();
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(token.pid!, signal);
    await sleep(100);
    expect((await token.info()).label).toBe("test");
  });
});

describe("a token that is not there", () => {
  test("taken away while open: TokenGone, never 'nothing'; put back: reopen finds the key", async () => {
    const token = await open();
    const template = freshTemplate("EC-P256");
    await obtainKey(token, template);
    const [tokens, away] = [path.join(ground.folder, "tokens"), path.join(ground.folder, "away")];
    renameSync(tokens, away);
    await expect(token.lookById(template.id)).rejects.toMatchObject({ name: "TokenGone" });
    await expect(token.info()).rejects.toBeInstanceOf(TokenGone);
    const starting = token.reopen();
    await sleep(700);
    renameSync(away, tokens);
    await starting;
    expect((await token.lookById(template.id)).found).toBe("complete");
  });

  test("is looked for a while, then a named fault, and never initialised", async () => {
    const started = performance.now();
    await expect(open({ label: "other", startPatienceMs: 1_000 })).rejects.toMatchObject({ ckrName: "TOKEN-NOT-FOUND" });
    expect(performance.now() - started).toBeGreaterThan(1_000);
    await expect(open({ serial: "0000000000000000", startPatienceMs: 0 })).rejects.toMatchObject({ ckrName: "TOKEN-NOT-FOUND" });
    await expect(open({ modulePath: "/nowhere/module.so" })).rejects.toMatchObject({ call: "load", ckrName: "MODULE-NOT-LOADED" });
  });

  test("two tokens of one label are told apart by serial or not opened", async () => {
    const other = await testToken("softhsm", "twin");
    const serials: string[] = [];
    try {
      // A second token of the same label can only come from outside: this project refuses to make one.
      await expect(initTwin(other)).rejects.toMatchObject({ ckrName: "TOKEN-EXISTS" });
      const first = await ChildToken.open(other.options);
      serials.push((await first.info()).serial);
      await first.close();
      const chosen = await ChildToken.open({ ...other.options, serial: serials[0]! });
      expect((await chosen.info()).serial).toBe(serials[0]);
      await chosen.close();
    } finally {
      other.drop();
    }
  });
});

const initTwin = (ground: TestToken) => initToken({ ...ground.options, securityOfficerPin: { file: path.join(ground.folder, "so-pin") } });

describe("the PIN", () => {
  test("is tried once when it is wrong, and nothing opens the token again", async () => {
    const wrong = path.join(ground.folder, "wrong-pin");
    writeFileSync(wrong, "canary-wrong");
    const token = ChildToken.open({ ...softHsm, pin: { file: wrong } });
    const refused: unknown = await token.catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PinRefused);
    expect(refused).toMatchObject({ ckrName: "CKR_PIN_INCORRECT", call: "C_Login", gone: false });
    expect(JSON.stringify(refused) + String(refused)).not.toContain("canary");
  });

  test("after a refusal reopen answers the same without a child, even with the right PIN in place", async () => {
    const changing = path.join(ground.folder, "changing-pin");
    writeFileSync(changing, CANARY_PIN);
    const token = await open({ pin: { file: changing } });
    writeFileSync(changing, "canary-wrong");
    await expect(token.reopen()).rejects.toBeInstanceOf(PinRefused);
    expect(token.state).toBe("pin-refused");
    writeFileSync(changing, CANARY_PIN);
    await expect(token.reopen()).rejects.toBeInstanceOf(PinRefused);
    await expect(token.info()).rejects.toMatchObject({ ckrName: "TOKEN-IS-PIN-REFUSED" });
  });

  test("comes from a file or a variable; without it the start is a named fault", async () => {
    const environment = { ...softHsm.environment, TOKEN_PIN: CANARY_PIN };
    const token = await open({ pin: { variable: "TOKEN_PIN" }, environment });
    expect((await token.info()).label).toBe("test");
    await token.close();
    await expect(open({ pin: { variable: "MISSING" } })).rejects.toMatchObject({ ckrName: "PIN-IS-EMPTY" });
    await expect(open({ pin: { file: "/nowhere/pin" } })).rejects.toMatchObject({ ckrName: "PIN-FILE-NOT-READABLE" });
  });

  test("is in neither the arguments nor the environment of the child, and the worker's other secrets are not either", async () => {
    const environment = { ...softHsm.environment, DATABASE_URL: "canary-database", TOKEN_PIN: CANARY_PIN };
    const token = await open({ environment });
    const proc = `/proc/${String(token.pid)}`;
    if (!existsSync(proc)) return;
    for (const file of ["cmdline", "environ"]) expect(readFileSync(`${proc}/${file}`, "utf8")).not.toContain("canary");
  });

  test("of the security officer goes the same way", async () => {
    const twin = await testToken("softhsm", "officer");
    const refused: unknown = await initTwin(twin).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TokenFault);
    expect(JSON.stringify(refused) + String(refused)).not.toContain(CANARY_SO_PIN);
    twin.drop();
  });
});
