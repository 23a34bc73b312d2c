import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureAppBuilt, isAppBuilt } from "../setup/app-build.mjs";
import { checkout, holdFolder } from "../setup/checkout.mjs";
import { runOrFault } from "../setup/command.mjs";
import { prepareDatabase } from "../setup/database.mjs";
import { needSpace } from "../setup/disk.mjs";
import { SetupFault } from "../setup/fault.mjs";
import { ensureSoftHsm, softHsmFolder } from "../setup/pkcs11-modules.mjs";
import { needPort } from "../setup/port.mjs";
import { startPostgres } from "../setup/postgres.mjs";
import { atEnd, say, stage } from "../setup/stage.mjs";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { ask, type AppAddress } from "./app-address";
import { memberAt, ORGANISATION } from "./cast";
import { ADMINISTRATOR, enrolCast, openRehearsal, publishRoster, underWay, type People } from "./found-house";
import type { DemoOptions } from "./options";
import { PasskeyFile } from "./passkey-file";
import { Processes, type Program } from "./processes";
import { appEnv, appPortNear, tokenEnv, workerEnv, type Surroundings } from "./surroundings";

/** A demo that is set up and running: the app, the worker, and the people. */
export type House = People & {
  readonly app: AppAddress;
  /** The ceremony that is not over yet, or null. */
  readonly underWay: () => Promise<string | null>;
  /** Opens another ceremony and answers its id. */
  readonly openAnother: () => Promise<string>;
};

const claviger = path.join(checkout, "cli", "claviger.mjs");

/**
 * Brings up everything from whatever is there: nothing, the data of an earlier start, or what a killed one left running.
 * Everything started is ended by `endAll`. Throws SetupFault with a remedy where a person must do something.
 */
export async function setUp({ folder, port, out }: DemoOptions): Promise<House> {
  atEnd(holdFolder(folder, "The demo"));
  needSpace(folder, 300, "the demo");
  const processes = new Processes(folder);
  const left = await processes.endLeftovers();
  if (left.length > 0) say(`ended what an earlier start had left running: ${left.join(", ")}`);
  // Without a browser nobody comes by that port: it is only the name of the origin.
  const another = `npm run demo -- --port ${String(port + 100)}`;
  if (out === null) await needPort(port, { what: "The demo", remedy: `end that program, or choose another port: ${another}` });

  const module = await stage("SoftHSM2", ensureSoftHsm);
  const postgres = await stage("PostgreSQL", () => startPostgres({ dir: path.join(folder, "postgres") }));
  atEnd(() => postgres.stop());
  const urls = await stage("database", () =>
    prepareDatabase({ superuserUrl: postgres.superuserUrl, name: "claviger", secrets: path.join(folder, "postgres") }),
  );
  const token = { folder, module, softHsmConf: softHsmFolder(path.join(folder, "softhsm")).SOFTHSM2_CONF };
  const serial = await stage("token", () => tokenSerial(token));
  if (!isAppBuilt()) await stage("building the app (half a minute; only when it has changed)", ensureAppBuilt);

  const origin = `http://localhost:${String(port)}`;
  const appPort = await appPortNear(port);
  const surroundings: Surroundings = { ...token, origin, appPort, appUrl: urls.appUrl, workerUrl: urls.workerUrl };
  const worker = workerEnv(surroundings, serial);
  const atWorker = (...args: string[]) => administer(worker, args);
  const trustAnchor = path.join(folder, "worker", "trust-anchor.pem");
  if (!existsSync(trustAnchor))
    await stage("recorder key and certificates", () => atWorker("init", "--organisation", ORGANISATION));

  atEnd(() => processes.endAll());
  const app: AppAddress = { port: appPort, origin, rpId: "localhost" };
  await stage("app", async () => {
    const next = path.join(checkout, "node_modules", "next", "dist", "bin", "next");
    await keepRunning(processes, {
      name: "app",
      args: [next, "start", "-H", "127.0.0.1", "-p", String(appPort)],
      env: appEnv(surroundings),
    });
    await answering(app, processes);
  });
  const passkeys = new PasskeyFile(path.join(folder, "passkeys.json"));
  const people = await stage("people and their software passkeys", () => enrolCast(app, passkeys, () => firstLink(surroundings)));
  await stage("worker", () =>
    keepRunning(processes, { name: "worker", args: ["--import", "tsx", path.join(checkout, "worker", "main.ts")], env: worker }),
  );
  const roster = await stage("roster", () => trustedRoster(folder, people, atWorker));
  return {
    ...people,
    app,
    underWay: () => underWay(people),
    openAnother: () => openRehearsal(people, roster),
  };
}

/** The token's serial number, which is how the worker knows it; the token is made at the first start, with PINs nobody types. */
async function tokenSerial(token: Parameters<typeof tokenEnv>[0]): Promise<string> {
  const file = path.join(token.folder, "token-serial");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const said = await administer(tokenEnv(token), ["token", "init", "--json"]);
  const { serial } = JSON.parse(said) as { serial: string };
  writeFileSync(file, serial, { mode: 0o600 });
  return serial;
}

/**
 * The first version of the roster, pinned at the worker. Nobody reads hash words aloud here: this is the demo, and it says so.
 */
async function trustedRoster(folder: string, people: People, atWorker: (...args: string[]) => Promise<string>): Promise<string> {
  const file = path.join(folder, "roster");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const hash = await publishRoster(people);
  const words = hashWords(fromHex(hash));
  await atWorker("roster", "trust", hash, "--words", `${words[0] ?? ""} ${words.at(-1) ?? ""}`);
  say("the worker trusts this roster on first use: demo only; a real one is read aloud first");
  writeFileSync(file, hash, { mode: 0o600 });
  return hash;
}

/** The way a first administrator comes in where nobody is enrolled yet: a command on the app's own host. */
async function firstLink(surroundings: Surroundings): Promise<string> {
  const { seat, name, title } = memberAt(ADMINISTRATOR);
  const said = await administer(appEnv(surroundings), [
    "admin",
    "invite",
    "--person",
    seat,
    "--name",
    name,
    "--title",
    title,
    "--json",
  ]);
  return (JSON.parse(said) as { enrolmentUrl: string }).enrolmentUrl;
}

function administer(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  return runOrFault(process.execPath, [claviger, ...args], {
    env,
    happened: `claviger ${args.join(" ")} failed.`,
    remedy: "read the lines above; to begin with nothing: npm run demo -- --reset",
  });
}

/** A program that ends in such a short time does not run at all; so many times in a row, and it is left alone. */
const TOO_SHORT = 5_000;
const TIMES = 3;
/** The exit code by which the worker says that only a person can help it (a PIN refused, say). */
const NEEDS_A_PERSON = "exit code 78";

/** Starts a program, and starts it again when it ends: a worker that is killed in the middle of a rehearsal comes back. */
async function keepRunning(processes: Processes, program: Program): Promise<void> {
  let short = 0;
  const start = async (): Promise<void> => {
    const began = Date.now();
    await processes.start(program, (how) => {
      short = Date.now() - began < TOO_SHORT ? short + 1 : 0;
      const again = short < TIMES && how !== NEEDS_A_PERSON;
      say(
        `the ${program.name} ended (${how})${again ? " and is started again" : `; its log is ${processes.logOf(program.name)}\n${processes.tail(program.name)}`}`,
      );
      if (again) void sleep(500).then(start);
    });
  };
  await start();
}

const LONGEST_START = 30_000;

async function answering(app: AppAddress, processes: Processes): Promise<void> {
  const until = Date.now() + LONGEST_START;
  while (Date.now() < until) {
    await sleep(50);
    const status = await ask(app, "GET", "/api/health").then(
      (answer) => answer.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
  }
  throw new SetupFault(`The app did not answer within half a minute. The end of its log:\n${processes.tail("app")}`, {
    kept: "No data was lost.",
    remedy: `read the lines above; the whole log is ${processes.logOf("app")}`,
  });
}
