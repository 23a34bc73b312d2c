import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkout } from "../setup/checkout.mjs";
import { runShown } from "../setup/command.mjs";
import { SetupFault } from "../setup/fault.mjs";
import { needSpace } from "../setup/disk.mjs";
import { say, stage } from "../setup/stage.mjs";
import type { RoomView } from "#lib/conduct/room";
import { startAutopilot } from "./autopilot";
import { currentStep } from "./next-act";
import type { House } from "./set-up";

/** A ceremony that has not moved for so long will not move any more. RSA-4096 may take half a minute on a slow machine. */
const LONGEST_STILL = 90_000;

/**
 * Plays a fresh ceremony from its opening to its record without a browser, leaves the record and the trust anchor in a
 * folder, and has the verifier judge them. Answers the verifier's exit code. Throws SetupFault when the ceremony stands still.
 */
export async function playThrough(house: House, out: string): Promise<number> {
  needSpace(out, 20, "the record");
  mkdirSync(out, { recursive: true });
  const ceremony = await stage("opening a rehearsal", house.openAnother);
  await play(house, ceremony);
  const record = path.join(out, "record.pdf");
  const anchor = path.join(out, "trust-anchor.pem");
  await stage("record and trust anchor", async () => {
    writeFileSync(record, await downloaded(house, `/api/ceremonies/${ceremony}/record`));
    writeFileSync(anchor, await downloaded(house, `/api/ceremonies/${ceremony}/trust-anchor`));
  });
  say(`verifying ${record}`);
  return runShown(process.execPath, [path.join(checkout, "cli", "claviger.mjs"), "verify", record, "--rehearsal", "--trust", anchor]);
}

/** Has everybody act as fast as they can, until the worker has sealed the record. */
async function play(house: House, ceremony: string): Promise<void> {
  const seen: { room: RoomView | null; trouble: string | null; movedAt: number } = {
    room: null,
    trouble: null,
    movedAt: Date.now(),
  };
  const orders = { playing: true, milliseconds: 0, ceremony, people: new Set<string>() };
  const autopilot = startAutopilot(house.app, house.visitors, () => orders, {
    told: () => undefined,
    looked: (room) => {
      tellSteps(seen.room, room);
      if (room.chain.hash !== seen.room?.chain.hash || room.record) seen.movedAt = Date.now();
      seen.room = room;
      seen.trouble = null;
    },
    troubled: (sentence) => {
      if (sentence !== seen.trouble) say(`the autopilot waits: ${sentence}`);
      seen.trouble = sentence;
    },
  });
  try {
    while (!seen.room?.record) {
      if (Date.now() - seen.movedAt > LONGEST_STILL) {
        throw new SetupFault(
          `The ceremony has not moved for ${String(LONGEST_STILL / 1000)} seconds. ${seen.trouble ?? seen.room?.awaited ?? ""}`,
          {
            kept: "The ceremony is kept as far as it came.",
            remedy: "read worker.log and app.log below .claviger, then run the same command again",
          },
        );
      }
      await sleep(50);
    }
  } finally {
    await autopilot.stop();
  }
}

/** One line for every step that was reached since the last look. */
function tellSteps(before: RoomView | null, room: RoomView): void {
  const step = currentStep(room);
  if (step && step.step !== (before && currentStep(before)?.step)) say(`step ${String(step.number)}: ${step.title}`);
  if (!step && before && currentStep(before)) say("every step is done; the worker closes and seals");
}

async function downloaded(house: House, where: string): Promise<Buffer> {
  const bytes = await house.visitors.get("auditor")?.download(where);
  if (!bytes) throw new SetupFault(`The app does not hand out ${where}.`, { remedy: "run the same command again" });
  return bytes;
}
