import type { Actor } from "#lib/conduct/ports";
import { takeRegister } from "#lib/conduct/read-register";
import { usesHead, usesLines } from "#lib/conduct/uses-csv";
import { writeAudit } from "#lib/store/audit-events";
import type { LoggedUse } from "#lib/store/key-uses";
import { recentUses, usesByDay, usesOfDay, type DayOfUses, type UsesOf } from "#lib/store/read-key-uses";
import type { Language } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { now } from "../clock";
import { database } from "./database";
import { deskPorts } from "./desk";

export type { UsesOf };

const [SHOWN, DAYS, MOST_COUNTED] = [20, 30, 200_000];

/** The newest uses of an application or a key, and how many there were on each of the last thirty days. */
export type UsesSight = {
  readonly recent: readonly LoggedUse[];
  readonly days: readonly DayOfUses[];
  /** False: there are more than were counted, and the oldest day shown counts too few. */
  readonly whole: boolean;
};

export async function usesSight(of: UsesOf): Promise<UsesSight> {
  const since = new Date(now().getTime() - DAYS * 86_400_000).toISOString().slice(0, 10);
  const [recent, counted] = await Promise.all([
    recentUses(database(), of, SHOWN),
    usesByDay(database(), of, `${since}T00:00:00.000Z`, MOST_COUNTED),
  ]);
  return { recent, ...counted };
}

/** The uses of one day as a file, for whoever reads the register with their own passkey; that it is taken is noted before its first line. */
export const takenUses = (of: UsesOf, day: string, actor: Actor, language: Language) =>
  takeRegister(
    {
      people: deskPorts().people,
      made: () => Promise.resolve(csv(of, day, language)),
      note: async (by) => {
        await writeAudit(database(), { kind: "uses-downloaded", by, facts: { [of.of]: of.id, day } });
      },
    },
    actor,
  );

/** A day may have more lines than memory holds: they are read as they are taken. */
function csv(of: UsesOf, day: string, language: Language): ReadableStream<Uint8Array> {
  const pages = usesOfDay(database(), of, day);
  const encoder = new TextEncoder();
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      if (!begun) controller.enqueue(encoder.encode(usesHead(wordsIn(language).of("accounts"))));
      begun = true;
      const page = await pages.next();
      if (page.done) controller.close();
      else controller.enqueue(encoder.encode(usesLines(page.value)));
    },
  });
}
