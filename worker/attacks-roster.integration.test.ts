import { afterAll, describe, expect, test } from "vitest";
import { rosterToEndorse, scriptToEndorse, type Endorsement } from "#lib/ceremony/endorsement";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import { keepEndorsement } from "#lib/store/endorsements";
import { keepRoster } from "#lib/store/rosters";
import { AttackGrounds, opening } from "./attack-grounds.under-test";
import { endorsementBy, players, quorumOf, rosterOf, type Player } from "./played-cast.under-test";

/** Attacks on whom the worker believes, and on what it will perform: rosters and scripts that no quorum endorsed. */
const attack = await AttackGrounds.open("production");
afterAll(() => attack.close());

const first = attack.rosters.production;
const stranger: Player = { ...players(1, 1)[1]!, person: "custodian-9" };
const [one, two] = attack.cast.filter(({ role }) => role === "custodian") as [Player, Player];
const pinned = (roster: Roster) => attack.grounds.memory().isPinned(rosterHash(roster));
let last = 1;

async function publish(roster: Roster): Promise<Roster> {
  const { mode, prev, version } = roster;
  const row = { hash: rosterHash(roster), version, mode, prev, bytes: canonical(roster as unknown as Json), openings: [], createdBy: "admin" };
  expect(await keepRoster(attack.grounds.app, row)).toBe("kept");
  return roster;
}
await publish(first);

/** The next version as an administrator would publish it: the same people, and one more custodian. */
const published = (change: Partial<Roster> = {}): Promise<Roster> =>
  publish(rosterOf([...attack.cast, stranger], "production", { version: ++last, prev: rosterHash(first), ...change }));

/** Kept as the app would keep it; the app is not believed. */
async function keep(
  endorsements: readonly Endorsement[],
  under: Partial<{ document: string; roster: string; person: string }> = {},
): Promise<void> {
  for (const endorsement of endorsements) {
    const { hash: document, roster, person, what, at } = endorsement.statement;
    const bytes = canonical(endorsement);
    await keepEndorsement(attack.grounds.app, { hash: sha256Hex(bytes), document, roster, person, what, at, bytes, ...under });
  }
}

/** After the worker has looked at everything once more: twice, for it may have been between rosters and ceremonies. */
async function staysUntrusted(roster: Roster): Promise<void> {
  await attack.wentRound();
  await attack.wentRound();
  expect(pinned(roster)).toBe(false);
}

describe("a next roster is not trusted", () => {
  test("with one endorsement too few", async () => {
    const next = await published();
    await keep([endorsementBy(one, rosterToEndorse(next), first)]);
    await staysUntrusted(next);
  });

  test("by people who are only in the new version", async () => {
    const next = await published();
    await keep([endorsementBy(one, rosterToEndorse(next), first), endorsementBy(stranger, rosterToEndorse(next), first)]);
    await keep([endorsementBy(stranger, rosterToEndorse(next), next), endorsementBy(two, rosterToEndorse(next), next)]);
    await staysUntrusted(next);
  });

  test("by one person with two passkeys, under the other's name as well", async () => {
    const next = await published();
    const document = rosterToEndorse(next);
    const passkey = one.passkeys[1];
    await keep([endorsementBy(one, document, first), endorsementBy(two, document, first, { passkey })]);
    await attack.owner.run('ALTER TABLE "Endorsement" DISABLE TRIGGER ALL');
    await keep([endorsementBy(one, document, first, { passkey })]);
    await attack.owner.run(
      `ALTER TABLE "Endorsement" ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER check_endorsement,
        ENABLE TRIGGER tell_endorsement`,
    );
    await staysUntrusted(next);
  });

  test("by people who are no custodians", async () => {
    const next = await published();
    await keep(
      attack.cast.filter(({ role }) => role !== "custodian").map((player) => endorsementBy(player, rosterToEndorse(next), first)),
    );
    await staysUntrusted(next);
  });

  test("by endorsements of another version, of a script of its name, or for rehearsals", async () => {
    const [other, next] = [await published(), await published()];
    await keep([endorsementBy(one, rosterToEndorse(next), first)]);
    await keep([endorsementBy(two, rosterToEndorse(other), first)]);
    await keep([endorsementBy(two, { ...scriptToEndorse(attack.ceremony().script), hash: rosterHash(next) }, first)]);
    await keep([endorsementBy(attack.cast[3]!, rosterToEndorse(next), attack.rosters.rehearsal)]);
    await staysUntrusted(next);
    await staysUntrusted(other);
  });

  test("by the approvals of a ceremony under an endorsement's text", async () => {
    const next = await published();
    const played = await attack.opened();
    for (const player of [one, two]) {
      const statement = await played.statement(player.person, { act: "approve", step: "key", verdict: null, remark: null });
      await keep([{ ...endorsementBy(player, rosterToEndorse(next), first), assertion: played.sign(player.person, statement) }]);
    }
    await staysUntrusted(next);
  });

  test("when its row was changed after its people endorsed it", async () => {
    // Nothing of it is seen before it is changed: a worker that holds the row as it was endorsed may trust it.
    attack.worker.kill("SIGSTOP");
    const next = await published();
    await keep(quorumOf(attack.cast, rosterToEndorse(next), first));
    const changed = {
      ...next,
      people: next.people.map((person) =>
        person.person === "custodian-9" ? { ...person, groups: ["security-officer"] } : person,
      ),
    };
    await attack.owner.run('UPDATE "RosterVersion" SET "bytes" = $2 WHERE "hash" = $1', [
      rosterHash(next),
      Buffer.from(canonical(changed as unknown as Json)),
    ]);
    attack.worker.kill("SIGCONT");
    await staysUntrusted(next);
    await staysUntrusted(changed);
  });

  test("with a quorum of one for what comes after it", async () => {
    const next = await published({ quorum: { approve: 1 } });
    await keep(quorumOf(attack.cast, rosterToEndorse(next), first));
    await staysUntrusted(next);
  });
});

describe("a production ceremony is not served", () => {
  const played = () => attack.ceremony({ mode: "production" });

  test.each<[string, string, (played: ReturnType<AttackGrounds["ceremony"]>) => readonly Endorsement[]]>([
    ["nobody endorsed", "SCRIPT-ENDORSED", () => []],
    ["one too few endorsed", "SCRIPT-ENDORSED", ({ script }) => [endorsementBy(one, scriptToEndorse(script), first)]],
    [
      "one person endorsed twice",
      "ENDORSEMENT-DISTINCT",
      ({ script }) => one.passkeys.map((passkey) => endorsementBy(one, scriptToEndorse(script), first, { passkey })),
    ],
    [
      "people endorsed in another edition",
      "ENDORSEMENT-DOCUMENT",
      ({ script }) => quorumOf(attack.cast, scriptToEndorse({ ...script, edition: 2 }), first),
    ],
    [
      "people endorsed for rehearsals",
      "ENDORSEMENT-MODE",
      ({ script }) => quorumOf(attack.cast, scriptToEndorse(script), attack.rosters.rehearsal),
    ],
    [
      "people endorsed under another roster",
      "ENDORSEMENT-ROSTER",
      ({ script }) => quorumOf(attack.cast, scriptToEndorse(script), { ...first, version: 2 }),
    ],
    [
      "a stranger endorsed",
      "PASSKEY-ROSTER",
      ({ script }) => [one, stranger].map((player) => endorsementBy(player, scriptToEndorse(script), first)),
    ],
    [
      "only its operator endorsed beside one custodian",
      "ENDORSEMENT-CUSTODIAN",
      ({ script }) => [one, attack.cast[0]!].map((player) => endorsementBy(player, scriptToEndorse(script), first)),
    ],
    [
      "people endorsed a statement that was exchanged under their signatures",
      "ASSERTION-CHALLENGE",
      ({ script }) =>
        quorumOf(attack.cast, scriptToEndorse({ ...script, edition: 2 }), first).map((old) => ({
          ...old,
          statement: { ...old.statement, ...scriptToEndorse(script) },
        })),
    ],
  ])("by a script that %s: %s", async (_words, code, endorsements) => {
    const before = await attack.keys();
    const ceremony = played();
    await attack.owner.insert(opening(ceremony, { endorsements: [...endorsements(ceremony)] }));
    await attack.refuses(ceremony, code, before);
  });
});

describe("control: when nobody attacks", () => {
  test("the quorum's endorsement is enough, whatever was planted beside: the worker trusts the next roster and serves it", async () => {
    const next = await published();
    const document = rosterToEndorse(next);
    await keep([
      endorsementBy(stranger, document, first),
      endorsementBy(one, document, first, { passkey: stranger.passkeys[0] }),
    ]);
    await keep([endorsementBy(two, document, first), endorsementBy(attack.cast[3]!, document, first)]);
    await expect.poll(() => pinned(next), { timeout: 60_000, interval: 50 }).toBe(true);
    // It says so when it has looked at every roster: later than it has written down whom it trusts.
    const said = () => attack.worker.output;
    await expect.poll(said, { timeout: 60_000, interval: 50 }).toContain(`version ${String(next.version)} for production is trusted`);

    const before = await attack.keys();
    const cast = attack.cast;
    const played = await attack.opened({ mode: "production", roster: next, cast });
    await attack.enter(played, "custodian-1");
    await attack.enter(played, "custodian-2");
    await played.stepDone("key");
    expect(await attack.keys()).toHaveLength(before.length + 2);
    await wayBack(next);
  });

  /** What the worker trusted once leads nowhere but on: no older version, no other branch, with every signature it can have. */
  async function wayBack(trusted: Roster): Promise<void> {
    const branch = await published();
    await keep(quorumOf(attack.cast, rosterToEndorse(branch), first));
    const older = rosterOf(attack.cast, "production", { version: 2, prev: rosterHash(trusted) });
    const columns = '("hash", "version", "mode", "prev", "bytes", "openings", "createdBy")';
    await attack.owner.run('DROP INDEX "RosterVersion_mode_version_key"');
    const row = [
      rosterHash(older),
      2,
      "production",
      older.prev,
      Buffer.from(canonical(older as unknown as Json)),
      "[]",
      "nobody",
    ];
    await attack.owner.run(`INSERT INTO "RosterVersion" ${columns} VALUES ($1, $2, $3, $4, $5, $6, $7)`, row);
    await keep(quorumOf(attack.cast, rosterToEndorse(older), trusted));
    await staysUntrusted(branch);
    await staysUntrusted(older);

    const back = attack.ceremony({ mode: "production", roster: first });
    const before = await attack.keys();
    await back.open();
    await attack.refuses(back, "ROSTER-NEWEST", before);
  }
});

test("a ceremony opened in reserve gives nobody back what a newer roster took from them: ROSTER-NEWEST", async () => {
  const trusted = rosterOf(attack.cast, "production", { version: 100, prev: rosterHash(first) });
  attack.grounds.trust(trusted);
  await expect.poll(() => pinned(trusted), { timeout: 60_000, interval: 50 }).toBe(true);
  const before = await attack.keys();
  const reserved = await attack.opened({ mode: "production", roster: trusted });
  const kept = await attack.opened({ mode: "production", roster: trusted });

  const without = rosterOf(attack.cast.filter(({ person }) => person !== two.person), "production", { version: 101, prev: rosterHash(trusted) });
  attack.grounds.trust(without);
  await expect.poll(() => pinned(without), { timeout: 60_000, interval: 50 }).toBe(true);
  await attack.enter(reserved, "custodian-1");
  await attack.enter(reserved, two.person);
  await attack.refuses(reserved, "ROSTER-NEWEST", before);

  // A room that does without that person is not stopped by the newer roster.
  await attack.enter(kept, "custodian-1");
  await attack.enter(kept, "custodian-3");
  await kept.stepDone("key");
});
