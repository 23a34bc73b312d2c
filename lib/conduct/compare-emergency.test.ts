import { expect, it } from "vitest";
import { scriptToEndorse } from "#lib/ceremony/endorsement";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { scriptHash, type Script } from "#lib/ceremony/script";
import { endorsementBy, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { canonical, type Json } from "#lib/log/canonical";
import { ok } from "#lib/result";
import { wordsIn } from "#lib/words/words";
import { atConsole } from "./administrator";
import { done, expectObjection, MemoryRoom, smallForm, smallLibrary, someone } from "./memory-room.under-test";
import { findGoNoGo } from "./find-go-no-go";
import { objectionSentence } from "./objection-sentence";
import { openCeremony, type Library } from "./open-ceremony";
import { publishScript, type ReadScript } from "./publish-script";

const usual = { approve: 1, of: 3 };
const ordinary = (edition: number, change: Partial<Script> = {}): Script => ({
  ...smallScript,
  ...{ script: "usual", edition, quorum: usual, ...change },
});
const emergency: Script = { ...smallScript, script: "fast", emergency: { instead: "usual", usual, review: { days: 5 } } };

const kept = (script: Script) => ({ hash: scriptHash(script), bytes: canonical(script as unknown as Json) });
const shelfOf = (editions: readonly Script[]) => ({
  editions: (id: string) => Promise.resolve(editions.filter(({ script }) => script === id).map(kept)),
  keep: () => Promise.resolve("kept" as const),
});
const publish = (script: Script, editions: readonly Script[]) => {
  const read: ReadScript = () => ok({ script, hash: scriptHash(script) });
  return publishScript(read, shelfOf(editions), atConsole(), { yaml: "" }, wordsIn("en"));
};

it("publishes an emergency script that is stricter than the newest ordinary edition of the script that it names, or of its own", async () => {
  done(await publish(emergency, [ordinary(1), ordinary(2)]));
  const own = { ...emergency, script: "usual", edition: 9, emergency: { usual, review: { days: 5 } } };
  done(await publish(own, [ordinary(1), { ...own, edition: 8, quorum: { approve: 3, of: 3 } }]));
  done(await publish(ordinary(1), []));
});

it("does not publish one that names nothing that was published, another emergency, or what does not hash to what it is kept under", async () => {
  expectObjection(await publish(emergency, []), "EMERGENCY-ALONE");
  expectObjection(await publish(emergency, [{ ...emergency, script: "usual" }]), "EMERGENCY-ALONE");
  const shelf = { ...shelfOf([]), editions: () => Promise.resolve([{ ...kept(ordinary(1)), hash: "00".repeat(32) }]) };
  const read: ReadScript = () => ok({ script: emergency, hash: scriptHash(emergency) });
  expectObjection(await publishScript(read, shelf, atConsole(), { yaml: "" }, wordsIn("en")), "EMERGENCY-ALONE");
});

it("does not publish one that is looser than the newest edition, or calls usual what is not; and says in what, in both languages", async () => {
  const tightened = ordinary(2, { quorum: { approve: 2, of: 3 }, witnesses: { least: 3 } });
  const refused = await publish(emergency, [tightened, ordinary(1)]);
  expectObjection(refused, "EMERGENCY-NOT-STRICTER");
  if (refused.ok) return;
  expect(refused.refusal.facts).toEqual({ ordinary: "usual", edition: 2, looser: ["usual", "quorum", "witnesses"] });
  expect(objectionSentence(refused.refusal).sentence).toBe(
    "The emergency script is not stricter than the ordinary one that it stands in for: what it calls the usual rule is not the ordinary " +
      "script’s, no more custodians agree to every operation, fewer witnesses are there.",
  );
  expect(objectionSentence(refused.refusal, wordsIn("de")).sentence).toMatch(/: was es die übliche Regel nennt, .*, weniger Zeugen sind dabei\.$/);
});

/** A house with these scripts, each endorsed by two custodians where it is named so. */
const houseOf = (editions: readonly Script[], endorsed: readonly Script[], roster: Roster = smallRoster): Library => ({
  ...smallLibrary,
  ...shelfOf(editions),
  script: () => Promise.resolve(kept(emergency)),
  roster: () => Promise.resolve({ bytes: canonical(roster as unknown as Json), openings: [] }),
  inForce: () => Promise.resolve(true),
  endorsements: (document) => {
    const found = endorsed.find((one) => scriptHash(one) === document);
    return Promise.resolve(found ? ["carl", "cleo"].map((person) => endorsementBy(person, scriptToEndorse(found), roster)) : []);
  },
});
const open = (library: Library, roster: Roster = smallRoster) =>
  openCeremony(new MemoryRoom().room, library, someone("olga"), { ...smallForm, scriptHash: scriptHash(emergency), rosterHash: rosterHash(roster) });

it("opens production only against the newest ordinary edition that the roster's quorum endorsed: nobody publishes a looser one alone", async () => {
  const strict = ordinary(1, { quorum: { approve: 2, of: 3 } });
  done(await open(houseOf([ordinary(1)], [emergency, ordinary(1)])));
  expectObjection(await open(houseOf([ordinary(1)], [emergency])), "EMERGENCY-ALONE");
  expectObjection(await open(houseOf([ordinary(2), strict], [emergency, strict])), "EMERGENCY-NOT-STRICTER");
  // The rule of an ordinary day was tightened after the emergency script was published.
  const tightened = { ...strict, edition: 2 };
  expectObjection(await open(houseOf([ordinary(1), tightened], [emergency, ordinary(1), tightened])), "EMERGENCY-NOT-STRICTER");
});

/** The line about the script, as the go / no-go has it. */
const scriptLine = async (library: Library, language: "en" | "de" = "en", roster: Roster = smallRoster) => {
  const form = { ...smallForm, scriptHash: scriptHash(emergency), rosterHash: rosterHash(roster) };
  const { lines } = done(await findGoNoGo(new MemoryRoom().room, library, someone("olga"), form, wordsIn(language)));
  return lines.find(({ line }) => line === "script");
};

it("is red in the go / no-go while the opening would be refused, says why in both languages, and no deviation answers it", async () => {
  expect(await scriptLine(houseOf([ordinary(1)], [emergency, ordinary(1)]))).toMatchObject({ go: true, whose: "rules", stops: true });
  const tightened = ordinary(2, { quorum: { approve: 1, of: 3 }, expires: { minutes: 5 } });
  const house = houseOf([ordinary(1), tightened], [emergency, ordinary(1), tightened]);
  expect(await scriptLine(house)).toEqual({
    ...{ line: "script", go: false, whose: "app", stops: true },
    found:
      "2 custodians have endorsed the script; 2 are needed. The emergency script is not stricter than the ordinary one that it stands in for: " +
      "an opened step waits longer for its approvals.",
    remedy: "Ask for more than the ordinary script does, and publish that as another edition.",
  });
  expect((await scriptLine(house, "de"))?.found).toMatch(/nicht strenger .*: ein geöffneter Schritt wartet länger auf seine Zustimmungen\.$/);
});

it("says in the go / no-go both which endorsements and which ordinary edition are missing, and neither in a rehearsal", async () => {
  const line = await scriptLine(houseOf([], []));
  expect(line).toMatchObject({ go: false, stops: true });
  expect(line?.remedy).toBe(
    "Ask the custodians to endorse it, on its page under Scripts. " +
      "Publish the ordinary script first, have it endorsed for production, and name it in the emergency script.",
  );
  const rehearsal: Roster = { ...smallRoster, mode: "rehearsal" };
  expect(await scriptLine(houseOf([], [], rehearsal), "en", rehearsal)).toMatchObject({ go: true, stops: false });
});

it("opens a rehearsal of it without: the rules of an ordinary day are production's", async () => {
  const rehearsal: Roster = { ...smallRoster, mode: "rehearsal" };
  done(await open(houseOf([], [], rehearsal), rehearsal));
});
