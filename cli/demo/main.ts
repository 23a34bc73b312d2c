import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { holdFolder } from "../setup/checkout.mjs";
import { SetupFault } from "../setup/fault.mjs";
import { removePostgres } from "../setup/postgres.mjs";
import { atEnd, say, stage } from "../setup/stage.mjs";
import { startAutopilot } from "./autopilot";
import { CAST } from "./cast";
import { startCompanion } from "./companion";
import { readOptions, type DemoOptions } from "./options";
import { Performance } from "./performance";
import { playThrough } from "./play-through";
import { Processes } from "./processes";
import { Seats } from "./seats";
import { setUp, type House } from "./set-up";

/** `npm run demo`. Answers the exit code; waits until it is asked to end, unless it plays by itself. */
export async function demo(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options.reset) return reset(options);
  const house = await setUp(options);
  if (options.out !== null) return playThrough(house, options.out);
  await serve(house, options);
  return 0;
}

async function serve(house: House, { port }: DemoOptions): Promise<void> {
  const seats = new Seats();
  const performance = new Performance();
  performance.begin((await house.underWay()) ?? (await stage("opening a rehearsal", house.openAnother)));
  const autopilot = startAutopilot(house.app, house.visitors, () => performance.orders(seats), {
    told: (person, did) => {
      performance.doing = { person, did };
      say(`${CAST.find(({ seat }) => seat === person)?.name ?? person} ${did}`);
    },
    looked: (room) => {
      performance.room = room;
      performance.trouble = null;
    },
    troubled: (sentence) => {
      if (performance.trouble !== sentence) say(`the autopilot waits: ${sentence}`);
      performance.trouble = sentence;
    },
  });
  atEnd(() => autopilot.stop());
  const companion = await startCompanion({ port, ...house, seats, performance });
  atEnd(() => companion.close());
  say(`ready\n\n  ${house.app.origin}\n\nOpen it, take a seat, and play. Ctrl-C ends everything.\n`);
  await new Promise(() => undefined); // until a signal ends this process
}

/** Removes everything this demo keeps: its people, ceremonies, records and keys. Asks for the folder's name, typed. */
async function reset({ folder }: DemoOptions): Promise<number> {
  if (!existsSync(folder)) {
    console.log(`There is nothing to remove: ${folder} does not exist.`);
    return 0;
  }
  const name = path.basename(folder);
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await ask.question(
    `This removes every demo ceremony, record, passkey and key in ${folder}.\nType ${name} to go on: `,
  );
  ask.close();
  if (typed.trim() !== name)
    throw new SetupFault("That is not its name.", { kept: "Nothing was removed.", remedy: `type ${name}, or leave it` });
  const release = holdFolder(folder, "The demo");
  await new Processes(folder).endLeftovers();
  await removePostgres(path.join(folder, "postgres"));
  release();
  rmSync(folder, { recursive: true, force: true });
  console.log("Removed.");
  return 0;
}
