import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createSoftwarePasskey } from "#cli/demo/software-passkey";
import { entryHash, type Entry, type EntryOf } from "#lib/ceremony/entry";
import { scriptHash, type Script } from "#lib/ceremony/script";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import { keepRoster } from "#lib/store/rosters";
import { keepScript } from "#lib/store/scripts";
import { AttackGrounds, opening } from "./attack-grounds.under-test";
import type { PlayedCeremony } from "./played-ceremony.under-test";

/** Attacks by whoever owns the database: any row can be changed, taken away, moved or put in, with no trigger in the way. */
const attack = await AttackGrounds.open();
afterAll(() => attack.close());

/** The roster with a passkey of the attacker's in a custodian's name. */
const mallory = createSoftwarePasskey();
const withMallory = (roster: Roster, person = "custodian-2"): Roster => ({
  ...roster,
  people: roster.people.map((one) =>
    one.person === person ? { ...one, passkeys: [...one.passkeys, { ...one.passkeys[0]!, id: mallory.credentialId, spki: mallory.spki }] } : one,
  ),
});
const exportable = (script: Script): Script =>
  JSON.parse(JSON.stringify(script).replace('"extractable":false', '"extractable":true')) as Script;

describe("a row changed before the ceremony opens with it", () => {
  test("a roster with one more passkey is not the pinned one: ROSTER-PINNED", async () => {
    const before = await attack.keys();
    const played = await attack.ceremony({ roster: withMallory(attack.rosters.rehearsal) }).open();
    await attack.refuses(played, "ROSTER-PINNED", before);
  });

  test("the same under the hash that was pinned: ROSTER-HASH", async () => {
    const before = await attack.keys();
    const played = attack.ceremony({ roster: withMallory(attack.rosters.rehearsal) });
    const opened = opening(played, { rosterHash: rosterHash(attack.rosters.rehearsal) });
    await attack.owner.insert(opened);
    await attack.refuses(played, "ROSTER-HASH", before);
  });

  test("a script that orders an exportable key under the hash of the reviewed one: SCRIPT-HASH", async () => {
    const before = await attack.keys();
    const reviewed = attack.ceremony();
    const played = attack.ceremony({ script: exportable(reviewed.script) });
    await attack.owner.insert(opening(played, { scriptHash: scriptHash(reviewed.script) }));
    await attack.refuses(played, "SCRIPT-HASH", before);
  });
});

test("roster, passkey and script rows changed while a ceremony runs change nothing in it", async () => {
  const before = await attack.keys();
  const played = await attack.opened();
  await keepRows(played);
  const forged = withMallory(played.roster);
  expect(await attack.owner.run('UPDATE "RosterVersion" SET "bytes" = $1', [Buffer.from(canonical(forged as unknown as Json))])).toBe(1);
  expect(await attack.owner.run('UPDATE "Passkey" SET "spki" = $1', [mallory.spki])).toBe(1);
  expect(await attack.owner.run('UPDATE "ScriptEdition" SET "bytes" = $1', [Buffer.from(canonical(exportable(played.script) as unknown as Json))])).toBe(1);

  await attack.enter(played, "custodian-1");
  await attack.enter(played, "custodian-2", { passkey: mallory });
  await attack.refuses(played, "PASSKEY-ROSTER", before);
  const { passkeys } = played.player("custodian-2");
  await attack.owner.remove(played.id, 4);
  await attack.enter(played, "custodian-2", { passkey: { ...mallory, credentialId: passkeys[0]!.credentialId } });
  await attack.refuses(played, "ASSERTION-SIGNATURE", before);

  // The people go on with their own passkeys, and get the key they read of.
  await attack.owner.remove(played.id, 4);
  await attack.enter(played, "custodian-2");
  const done = await played.stepDone("key");
  expect(done.steps[0]?.outcomes[0]?.request["extractable"]).toBe(false);
  expect(await attack.keys()).toHaveLength(before.length + 2);
});

/** What the worker says that has seen the ceremony as it was; the one started again; the one that has never seen it. */
interface Tampering {
  readonly how: string;
  readonly running: string;
  readonly restarted: string;
  /** TRANSCRIPT-UNKNOWN where what is left is a sound transcript: nobody who was not there could know. */
  readonly fresh: string;
  /** The intent may have been written before the table was found changed; the token was not touched. */
  readonly intent?: true;
  /** Rows 0 to 3 stand: opened, attached, step opened, one approval. `last` is the other approval, which makes a quorum. */
  readonly tamper: (played: PlayedCeremony, rows: readonly Entry[], last: Entry) => Promise<void>;
}

const TAMPERINGS: readonly Tampering[] = [
  {
    how: "edited",
    ...{ running: "TRANSCRIPT-ROLLBACK", restarted: "CHAIN-PREV", fresh: "CHAIN-PREV", intent: true },
    async tamper(played, rows, last) {
      const opened = rows[2] as EntryOf<"step-opened">;
      const expires = new Date(Date.parse(opened.body.expires) - 60_000).toISOString();
      await attack.owner.overwrite(played.id, { 2: { ...opened, body: { ...opened.body, expires } } });
      await attack.owner.insert(last);
    },
  },
  {
    how: "removed",
    ...{ running: "TRANSCRIPT-ROLLBACK", restarted: "CHAIN-SEQ", fresh: "CHAIN-SEQ", intent: true },
    async tamper(played, _rows, last) {
      await attack.owner.remove(played.id, 3);
      await attack.owner.insert(last);
    },
  },
  {
    how: "reordered",
    ...{ running: "TRANSCRIPT-ROLLBACK", restarted: "CHAIN-SEQ", fresh: "CHAIN-SEQ", intent: true },
    async tamper(played, rows, last) {
      await attack.owner.overwrite(played.id, { 2: rows[3]!, 3: rows[2]! });
      await attack.owner.insert(last);
    },
  },
  {
    how: "inserted",
    ...{ running: "CHAIN-SEQ", restarted: "CHAIN-SEQ", fresh: "CHAIN-SEQ" },
    tamper: (_played, rows) => attack.owner.squeezeIn(deviation(rows[2]!)),
  },
  {
    how: "inserted, and every link after it made right",
    ...{ running: "CHAIN-PREV", restarted: "TRANSCRIPT-ROLLBACK", fresh: "TRANSCRIPT-UNKNOWN" },
    tamper: (played, [opened, attached, step, approval], last) =>
      attack.owner.replaceAll(played.id, linked([opened!, attached!, step!, deviation(step!), approval!, last])),
  },
  {
    how: "rewritten from the opening on, every link made right",
    ...{ running: "CHAIN-PREV", restarted: "RECORDER-SIGNED", fresh: "RECORDER-SIGNED" },
    async tamper(played, [first, ...rest], last) {
      const { body, ...opened } = first as EntryOf<"ceremony-opened">;
      const script = exportable(body.script);
      await attack.owner.replaceAll(played.id, linked([{ ...opened, body: { ...body, script, scriptHash: scriptHash(script) } }, ...rest, last]));
    },
  },
  {
    how: "rolled back to before an approval",
    ...{ running: "QUORUM-REACHED", restarted: "TRANSCRIPT-ROLLBACK", fresh: "TRANSCRIPT-UNKNOWN" },
    tamper: (played, rows, last) => attack.owner.replaceAll(played.id, linked([...rows.slice(0, 3), last])),
  },
  {
    how: "rolled back to before a stop that the worker saw",
    ...{ running: "PHASE-STOPPED", restarted: "TRANSCRIPT-ROLLBACK", fresh: "TRANSCRIPT-UNKNOWN" },
    async tamper(played, rows, last) {
      await attack.saw(played, (await played.stop()).seq);
      await attack.owner.replaceAll(played.id, linked([...rows, last]));
    },
  },
];

describe("entries of a ceremony that the worker follows", () => {
  const tampered: { readonly played: PlayedCeremony; readonly is: Tampering }[] = [];

  test.each(TAMPERINGS)("$how: $running, and no key", async (is) => {
    const before = await attack.keys();
    const played = await attack.opened();
    await attack.enter(played, "custodian-1");
    await attack.saw(played, 3);
    await is.tamper(played, await played.entries(), await attack.signed(played, "custodian-2"));
    tampered.push({ played, is });
    await attack.refuses(played, is.running, before, is);
  });

  test("the same found by a worker that is started again and remembers what it saw", async () => {
    const before = await attack.keys();
    await attack.restart();
    for (const { played, is } of tampered) await attack.refuses(played, is.restarted, before, is);
  });

  test("the same found by a worker that has never seen these ceremonies, from the transcripts alone", async () => {
    const before = await attack.keys();
    // Nothing is written in the folder while it is copied.
    await attack.grounds.stopAll();
    const folder = mkdtempSync(path.join(tmpdir(), "claviger-fresh-worker-"));
    cpSync(attack.grounds.stateFolder, folder, { recursive: true });
    for (const { played } of tampered) rmSync(path.join(folder, "heads", `${played.id}.json`));
    await attack.restart({ folder });
    for (const { played, is } of tampered) await attack.refuses(played, is.fresh, before, is);
    await attack.restart();
    rmSync(folder, { recursive: true });
  });
});

test("a ceremony whose id is a path is none: nothing is written outside the worker's folder", async () => {
  const before = await attack.keys();
  const played = attack.ceremony({ id: "../../escape" });
  await attack.owner.insert(opening(played));
  await attack.nothingMade(played, before);
  expect(await attack.reason(played.id)).toBeNull();
  expect(existsSync(path.join(attack.grounds.stateFolder, "..", "escape.json"))).toBe(false);
});

/** A deviation nobody noted, after that entry. */
function deviation(after: Entry): Entry {
  const said = { committed: "cd".repeat(32) };
  const body = { class: "A" as const, step: "key", expected: said, happened: said, decided: said };
  return { ...after, seq: after.seq + 1, prev: entryHash(after), kind: "deviation-noted", by: "operator-1", body, signature: null };
}

/** The entries one after the other, as if each had been written in its place. */
function linked(entries: readonly Entry[]): Entry[] {
  const done: Entry[] = [];
  for (const entry of entries) {
    const last = done.at(-1);
    const at = last && entry.at < last.at ? last.at : entry.at;
    done.push({ ...entry, seq: done.length, prev: last ? entryHash(last) : null, at });
  }
  return done;
}

/** What the app keeps beside the entries: the published roster and script, and a passkey. */
async function keepRows({ roster, script, cast }: PlayedCeremony): Promise<void> {
  const db = attack.grounds.app;
  const [rosterBytes, scriptBytes] = [roster, script].map((value) => canonical(value as unknown as Json));
  if (!rosterBytes || !scriptBytes) throw new Error("two rows");
  const common = { createdBy: "administrator-1" };
  const { version, mode, prev } = roster;
  await keepRoster(db, { hash: rosterHash(roster), version, mode, prev, bytes: rosterBytes, openings: [], ...common });
  await keepScript(db, { hash: scriptHash(script), script: script.script, edition: 1, title: script.title, yaml: "", bytes: scriptBytes, ...common });
  const [person] = cast.filter(({ person }) => person === "custodian-2");
  const passkey = person!.passkeys[0]!;
  await attack.owner.run(`INSERT INTO "Person" ("id", "name", "title") VALUES ('custodian-2', 'C', 'C')`);
  await attack.owner.run(
    `INSERT INTO "Passkey" ("id", "personId", "algorithm", "spki", "aaguid", "synced", "counter", "label") VALUES ($1, 'custodian-2', 'ES256', $2, '', false, 0, '')`,
    [passkey.credentialId, passkey.spki],
  );
}
