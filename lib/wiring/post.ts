import { reminders } from "#lib/conduct/reminders";
import type { PlanPorts } from "#lib/conduct/plan-ports";
import { mailServer, type MailServer } from "#lib/mail/mail-server";
import type { Database } from "#lib/store/database";
import { claimMail, noteFailure, noteSent, queueReminders } from "#lib/store/mails";
import { listPlans } from "#lib/store/plans";
import { isUnreachable } from "#lib/store/store-fault";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { planPorts } from "./plans";

const LOOK_MS = 5_000;
const REMIND_MS = 60_000;
/** Longer than any try can take: whoever claimed a mail and still has not said what became of it is gone. */
const LEASE_MS = 120_000;
const MINUTE_MS = 60_000;
/** Minutes until the next try; after the last, nobody tries by themselves. */
const PAUSES = [1, 2, 5, 15, 30, 60, 120, 240, 480, 720];

export type Post = {
  readonly db: Database;
  readonly server: MailServer;
  readonly now: () => Date;
};

/** Sends every mail whose time has come, one after the other; any number of processes may do so at once. */
export async function sendDueMails({ db, server, now }: Post): Promise<number> {
  let sent = 0;
  for (let mail = await claimMail(db, now(), LEASE_MS); mail; mail = await claimMail(db, now(), LEASE_MS)) {
    const delivery = await server.send(mail);
    if (delivery.sent) {
      await noteSent(db, mail.id, now());
      sent += 1;
    } else {
      const pause = delivery.forGood ? undefined : PAUSES[mail.tries - 1];
      const at = now();
      await noteFailure(db, mail.id, delivery.why, at, pause === undefined ? null : new Date(at.getTime() + pause * MINUTE_MS));
    }
  }
  return sent;
}

/** Makes the reminders that are due; each is made once, however many processes look, and however often. */
export async function makeReminders(db: Database, ports: PlanPorts, days: readonly number[]): Promise<void> {
  for (const plan of await listPlans(db)) {
    const due = await reminders(ports, plan, days);
    if (due.length > 0) await queueReminders(db, plan.plan, due, ports.world.now());
  }
}

/** On globalThis, one per process: see database.ts. */
const running = ((globalThis as { clavigerPost?: { end?: () => void } }).clavigerPost ??= {});

/**
 * Sends mails from now on, where a mail server is configured, until `endPost`. What is not sent when the process dies is
 * sent after.
 */
export function beginPost(): void {
  const { CLAVIGER_SMTP_URL: address, CLAVIGER_MAIL_FROM: from, CLAVIGER_REMINDER_DAYS } = env();
  if (address === undefined || from === undefined || running.end) return;
  const days = CLAVIGER_REMINDER_DAYS.split(",").map(Number);
  const server = mailServer(address, from);
  let ended = false;
  let remindedAt = 0;
  let timer: NodeJS.Timeout;
  const round = async () => {
    try {
      if (Date.now() - remindedAt >= REMIND_MS) {
        await makeReminders(database(), planPorts(), days);
        remindedAt = Date.now();
      }
      await sendDueMails({ db: database(), server, now });
    } catch (fault) {
      // While the database is away nothing is lost and nothing can be done; the next round looks again.
      if (!isUnreachable(fault)) console.error(fault);
    }
    if (!ended) timer = setTimeout(() => void round(), LOOK_MS);
  };
  timer = setTimeout(() => void round(), LOOK_MS);
  running.end = () => {
    ended = true;
    clearTimeout(timer);
    server.close();
    delete running.end;
  };
}

export const endPost = (): void => running.end?.();
