import { expect, test } from "vitest";
import { RECORDER } from "#lib/ceremony/entry";
import type { Script } from "#lib/ceremony/script";
import { smallBook } from "#lib/ceremony/small-book.under-test";
import { CAST, placeholder } from "#lib/ceremony/small-roster.under-test";
import { coolingScript, smallScript } from "#lib/ceremony/small-script.under-test";
import { timeAt } from "#lib/ceremony/small-transcript.under-test";
import { SmallWorld, world, worldIn } from "#lib/ceremony/small-world.under-test";
import { statementHash } from "#lib/ceremony/statement";
import { wordsIn } from "#lib/words/words";
import type { MyAct } from "./my-act";
import type { RoomBook } from "./room";
import { roomView, type RoomSource } from "./room-view";

const openings = ["Room 1", "Example", "no", "something", "a", "b", "c", ...CAST.flat()].map((value) => ({
  path: "test",
  salt: "00".repeat(16),
  value,
}));
const FINGERPRINT = { of: "SHA-256 of the public key", value: "ab".repeat(32) };

/** The book of the small world, taught to say what came of an operation. */
const book: RoomBook = {
  find: (name) => {
    const rules = smallBook.find(name);
    const tell = () => ({
      facts: [{ name: "Label", value: "told" }],
      attributes: [],
      fingerprint: name === "make" ? FINGERPRINT : null,
    });
    return rules && { ...rules, tell };
  },
};

const view = (there: SmallWorld, me: string, change: Partial<RoomSource> = {}, words = wordsIn("en")) =>
  roomView({
    ceremony: there.now,
    entries: there.entries,
    openings,
    me,
    book,
    record: null,
    health: null,
    now: there.now.head.at,
    ...change,
  }, words);
const acts = (mine: readonly MyAct[]) => mine.map(({ act }) => act);

test("what was read back of a key is told in the reader's language, and what nobody needs stays marked", async () => {
  const attributes = [{ text: "can sign", needless: false }, { text: "can derive other keys", needless: true }];
  const telling: RoomBook = {
    find: (name) => {
      const rules = book.find(name);
      return rules && { ...rules, tell: () => ({ facts: [], attributes, fingerprint: null }) };
    },
  };
  const there = await worldIn("look");
  await there.start();
  await there.finish({ outcome: { label: "all" } });
  const read = (words = wordsIn("en")) =>
    view(there, "will", { book: telling }, words).acts.flatMap(({ steps }) => steps).flatMap(({ operations }) => operations)[0]?.attributes;
  expect(read()).toEqual(attributes);
  expect(read(wordsIn("de"))?.map(({ needless }) => needless)).toEqual([false, true]);
  expect(read(wordsIn("de"))?.[1]?.text).not.toBe("can derive other keys");
});

test("what the recorder notes of a listing that differs stands among the deviations, with what it found", async () => {
  const there = await worldIn("look");
  await there.start();
  await there.finish({ outcome: { label: "all", stray: "secret-key stray ab" } });
  const facts = { unexpected: 1, missing: 0, appeared: "secret-key stray ab" };
  await there.must("worker-noted", RECORDER, { class: "D", step: "look", code: "inventory-differs", facts });
  const [deviation] = view(there, "will").deviations;
  expect(deviation).toMatchObject({ class: "D", step: "look", expected: "Nothing on the token that nobody accounts for." });
  expect(deviation?.happened).toContain("These are not accounted for: secret-key stray ab.");
  const inGerman = view(there, "will", {}, wordsIn("de")).deviations[0]?.happened;
  expect(inGerman).toMatch(/ Ohne Erklärung sind: geheimer Schlüssel stray ab\. Fehlend: 0\. Ohne Erklärung: 1\.$/);
});

test("is plain JSON that survives the wire unchanged", async () => {
  const room = view(await world(), "olga");
  expect(JSON.parse(JSON.stringify(room))).toEqual(room);
});

test("names people, place and organisation from their openings, and says where they were taken out", async () => {
  const there = await world("come");
  const room = view(there, "olga");
  expect(room.place).toBe("Room 1");
  expect(room.organisation).toBe("Example");
  expect(room.people[0]).toMatchObject({ person: "olga", name: "olga", title: "operator", initials: "O", checked: null });
  const redacted = view(there, "olga", { openings: [] });
  expect(redacted.people[0]?.name).toBe("Person olga");
  expect(redacted.organisation).toBe("[withheld]");
});

test("before the worker has joined nobody is asked for anything, and the page says for whom it waits", async () => {
  const there = new SmallWorld();
  await there.open();
  const room = view(there, "olga", { health: { state: "standing-by", sentence: "Standing by.", seenAt: there.now.head.at } });
  expect(room.turn).toBeNull();
  expect(acts(room.mine)).toEqual(["note-deviation", "stop", "abort", "note-presence", "replace-person"]);
  expect(room.awaits).toEqual([{ person: "recorder", name: "The worker", role: "worker", act: "work" }]);
  expect(room.worker).toMatchObject({ state: "absent", sentence: expect.stringContaining("Standing by.") as string });
  expect(room.recorder).toBeNull();
});

test("the operator is asked to open the next step, and nobody else is", async () => {
  const there = await world("hear");
  expect(view(there, "olga").turn).toEqual({ act: "open-step", step: "hear", title: "Hear", deviation: null });
  expect(view(there, "carl").turn).toBeNull();
  expect(view(there, "carl").awaited).toBe("Waiting for olga to open step 1.");
});

test("a step that has to cool off says from when it may be opened, and asks nobody before", async () => {
  const there = await (await new SmallWorld().openWith(coolingScript("look", 60))).playTo("make");
  const done = Date.parse(there.now.head.at);
  const at = (minutes: number) => view(there, "olga", { now: new Date(done + minutes * 60_000).toISOString() });
  const step = (room: ReturnType<typeof at>) => room.acts[1]?.steps[1];
  expect(step(at(59))?.coolsUntil).toBe(new Date(done + 3_600_000).toISOString());
  expect(at(59)).toMatchObject({
    turn: null,
    awaits: [],
    awaited: "Cooling off: the time that has to pass before step 6 is not over yet.",
  });
  expect(acts(at(59).mine)).toEqual(["note-deviation", "stop", "abort", "begin-break", "note-presence", "replace-person"]);
  expect(at(60).turn).toMatchObject({ act: "open-step", step: "make" });
  there.wait(3600);
  await there.openStep("make");
  expect(step(view(there, "olga"))?.coolsUntil).toBeNull();
});

test("a sentence read aloud shows the fingerprint of the step it names, else of the step before", async () => {
  const readAloud = (aloud: string | undefined): Script => {
    const [first, second] = smallScript.acts;
    const hear = {
      step: "aloud",
      kind: "statement" as const,
      title: "Aloud",
      say: "We read.",
      by: ["operator" as const],
      ...(aloud === undefined ? {} : { aloud }),
    };
    const look = {
      step: "look-again",
      kind: "operation" as const,
      title: "Look",
      say: "Look.",
      operations: [{ operation: "look", label: "all" }],
    };
    return {
      ...smallScript,
      acts: [first!, { ...second!, steps: [...second!.steps.slice(0, -1), look, hear, ...second!.steps.slice(-1)] }],
    };
  };
  const shown = async (aloud: string | undefined) => {
    const there = await new SmallWorld().openWith(readAloud(aloud));
    const room = view(await there.playTo("aloud"), "olga");
    return room.acts[1]?.steps.find(({ step }) => step === "aloud")?.aloud;
  };
  expect(await shown("make")).toEqual(FINGERPRINT);
  expect(await shown(undefined)).toBeNull();
});

test("in attendance a witness may check everybody but themselves, until they are checked", async () => {
  const there = await worldIn("come");
  const checkable = () => view(there, "will").mine.flatMap((one) => (one.act === "check-identity" ? [one.person] : []));
  expect(checkable()).toEqual(["olga", "carl", "cleo", "cora", "wang", "axel"]);
  await there.must("identity-checked", "will", { step: "come", person: "carl", document: placeholder("something") });
  expect(checkable()).not.toContain("carl");
  const carl = view(there, "olga").people.find(({ person }) => person === "carl");
  expect(carl?.checked).toMatchObject({ by: "will", document: "something" });
});

test("of all who may read a physical value two are waited for; the first reading is shown to nobody before the second is in", async () => {
  const there = await worldIn("serial");
  const asked = view(there, "will").acts[0]?.steps[3];
  expect([asked?.takes, asked?.seals.length]).toEqual([2, 3]);
  await there.must("value-entered", "olga", { step: "serial", value: placeholder("something") });
  expect(JSON.stringify(view(there, "will").acts[0]?.steps[3])).not.toContain("something");
  expect(view(there, "will").turn?.act).toBe("enter-value");
  expect(view(there, "olga").turn).toBeNull();
  await there.must("value-entered", "will", { step: "serial", value: placeholder("something") });
  expect(view(there, "will").acts[0]?.steps[3]?.results).toEqual(["Serial: something, read alike by two people"]);
});

test("an operation that only reads asks nobody for an approval", async () => {
  const there = await worldIn("look");
  expect(view(there, "carl").turn).toBeNull();
  const step = view(there, "carl").acts[1]?.steps[0];
  expect(step).toMatchObject({ approvals: null, seals: [], expires: null });
  expect(view(there, "carl").worker.state).toBe("asked");
});

test("custodians who have not approved are asked, until the quorum is reached; the seals say who has", async () => {
  const there = await worldIn("make");
  expect(acts(view(there, "carl").mine)).toEqual(["approve", "refuse", "note-deviation", "stop"]);
  expect(view(there, "olga").turn).toBeNull();
  const toSign = statementHash(there.decide("carl"));
  expect(view(there, "olga").acts[1]?.steps[1]?.seals[0]).toMatchObject({ state: "waiting", toSign });
  await there.sign("carl");
  const step = view(there, "cleo").acts[1]?.steps[1];
  expect(step?.approvals).toEqual({ needed: 2, approved: 1, rule: "2 of 3 custodians" });
  expect(step?.seals.map(({ name, state }) => [name, state])).toEqual([
    ["carl", "approved"],
    ["cleo", "waiting"],
    ["cora", "waiting"],
  ]);
  expect(step?.seals[0]).toMatchObject({ statementHash: toSign, toSign: null });
  expect(view(there, "carl").turn).toBeNull();
  expect(view(there, "olga").awaited).toBe("Waiting for 1 more approval, by cleo or cora.");
  await there.sign("cleo");
  expect(view(there, "cora").turn).toBeNull();
  expect(view(there, "cora").worker.state).toBe("asked");
});

test("while the worker works, the page says at what, since when and how long it usually takes", async () => {
  const there = await worldIn("make");
  await there.sign("carl");
  await there.sign("cleo");
  await there.start();
  const { worker } = view(there, "olga", { health: { state: "working", sentence: "At work.", seenAt: there.now.head.at } });
  expect(worker).toEqual({
    state: "working",
    sentence: "The worker is at the token: make one.",
    since: there.now.head.at,
    usually: "This usually takes less than a second.",
  });
  const late = new Date(Date.parse(there.now.head.at) + 60_000).toISOString();
  expect(view(there, "olga", { now: late }).worker.sentence).toContain("No worker has reported");
});

test("a refusal is shown with its reason, and the operator is asked for a deviation before the step opens again", async () => {
  const there = await worldIn("make");
  await there.refuse("carl");
  const room = view(there, "olga");
  expect(room.acts[1]?.steps[1]).toMatchObject({ status: "refused", halt: "carl refused: no" });
  expect(room.turn).toMatchObject({ act: "note-deviation", step: "make" });
  const deviation = await there.deviate("make");
  expect(view(there, "olga").turn).toEqual({ act: "open-step", step: "make", title: "Make", deviation });
  expect(view(there, "olga").deviations).toMatchObject([
    { name: "olga", class: "B", expected: "a", happened: "b", decided: "c" },
  ]);
});

test("a deviation noted before the refusal it should answer does not open the step again", async () => {
  const there = await worldIn("make");
  await there.deviate("make");
  await there.refuse("carl");
  expect(view(there, "olga").turn?.act).toBe("note-deviation");
});

test("a step whose time to sign has passed asks the operator, and no custodian", async () => {
  const there = await worldIn("make");
  const later = { now: timeAt(4000) };
  expect(view(there, "carl", later).turn).toBeNull();
  expect(view(there, "olga", later).turn?.act).toBe("note-deviation");
  expect(view(there, "olga", later).acts[1]?.steps[1]?.status).toBe("expired");
});

test("a stopped ceremony says who stopped it and why, and goes on only after a deviation", async () => {
  const there = await worldIn("make");
  await there.must("ceremony-stopped", "wang", { reason: placeholder("something") });
  expect(view(there, "carl")).toMatchObject({ phase: "stopped", turn: null, stopped: { name: "wang", reason: "something" } });
  expect(acts(view(there, "olga").mine)).toEqual(["note-deviation", "note-deviation", "abort", "note-presence", "replace-person"]);
  const deviation = await there.deviate(null);
  expect(view(there, "olga")).toMatchObject({ turn: null, stopped: { goingOn: { deviation, sheet: 1, needed: 2, step: "make" } } });
  expect(view(there, "carl").turn).toEqual({ act: "approve-resume", step: "make", deviation });
  expect(view(there, "carl").awaited).toBe("Stopped. Waiting for 2 more custodians to agree to going on: carl, cleo or cora.");
  await there.agreeToGoOn("carl", deviation);
  expect(view(there, "carl").turn).toBeNull();
  await there.agreeToGoOn("cora", deviation);
  expect(view(there, "cleo").turn).toBeNull();
  expect(view(there, "olga").turn).toEqual({ act: "resume", deviation });
});

test("of a stopped room all see who agrees to going on, and what agreeing would sign; a newer deviation does not unsay it", async () => {
  const there = await worldIn("make");
  await there.must("ceremony-stopped", "wang", { reason: placeholder("something") });
  expect(view(there, "carl").signing).toBeNull();
  const deviation = await there.deviate(null);
  const toSign = view(there, "axel").stopped?.goingOn?.seals.map((seal) => [seal.name, seal.state, seal.toSign]);
  await there.agreeToGoOn("carl", deviation);
  await there.deviate(null);
  const { signing, stopped } = view(there, "axel");
  expect(stopped?.goingOn).toMatchObject({ deviation, seals: [{ name: "carl", state: "approved" }, { state: "waiting" }, { state: "waiting" }] });
  expect(toSign?.[0]).toEqual(["carl", "waiting", stopped?.goingOn?.seals[0]?.statementHash]);
  expect(signing).toMatchObject({ statement: { act: "approve-resume", deviation, what: [] }, signers: [{ name: "cleo" }, { name: "cora" }] });
});

test("once the time to agree to going on has passed, what happened is written down anew", async () => {
  const there = await worldIn("make");
  await there.must("ceremony-stopped", "wang", { reason: placeholder("something") });
  const deviation = await there.deviate(null);
  for (const person of ["carl", "cleo"]) await there.agreeToGoOn(person, deviation);
  const late = { now: timeAt(4000) };
  expect(view(there, "cora", late).turn).toBeNull();
  expect(view(there, "olga", late)).toMatchObject({ turn: { act: "note-deviation" }, stopped: { goingOn: null }, signing: null });
});

test("after a stop the open operation is opened again, with the deviation that answered the stop, and everybody is asked anew", async () => {
  const there = await worldIn("make");
  await there.sign("carl");
  await there.must("ceremony-stopped", "wang", { reason: placeholder("something") });
  expect(view(there, "olga").turn).toMatchObject({ act: "note-deviation", step: "make" });
  const deviation = await there.deviate("make");
  await there.goOn(deviation);
  expect(view(there, "carl").turn).toBeNull();
  expect(view(there, "olga").acts[1]?.steps[1]?.halt).toContain("everybody is asked anew");
  expect(view(there, "olga").turn).toMatchObject({ act: "open-step", step: "make", deviation });
  await there.openStep("make", { deviation });
  expect(view(there, "carl").turn).toEqual({ act: "approve", step: "make" });
});

test("keys appear once they are made, with what to compare them by", async () => {
  const there = await world("sign");
  expect(view(there, "olga").keys).toMatchObject([
    { label: "one", kind: "key-pair", step: 6, fingerprint: FINGERPRINT },
    { label: "two", kind: "key-pair", step: 6, fingerprint: FINGERPRINT },
  ]);
});

test("at the sign-off everyone of its roles is asked once; then the worker is", async () => {
  const there = await worldIn("sign");
  await there.signOff("carl");
  expect(view(there, "carl").turn).toBeNull();
  expect(view(there, "cleo").turn).toEqual({ act: "sign-off", step: "sign" });
  expect(view(there, "axel").turn).toBeNull();
  const over = await world();
  expect(view(over, "olga").awaited).toContain("close the ceremony");
  await over.close();
  const sealed = view(over, "olga", { record: { sha256: "00".repeat(32), sealedAt: over.now.head.at } });
  expect(sealed).toMatchObject({
    phase: "closed",
    mine: [],
    current: null,
    record: { sha256: "00".repeat(32) },
    worker: { state: "done" },
  });
});

test("a person outside the ceremony sees it and may do nothing in it", async () => {
  const room = view(await worldIn("make"), "zora");
  expect(room).toMatchObject({ me: null, turn: null, mine: [] });
});


test("an emergency is told with its rule, the usual one and its review; what is left to do stands in the words of the script", async () => {
  const emergency = { usual: { approve: 1, of: 3 }, review: { days: 5 } };
  const there = await new SmallWorld().openWith({ ...smallScript, emergency, afterwards: ["The film goes to the archive."] });
  expect(view(there, "carl").script).toMatchObject({
    emergency: { rule: "2 of 3 custodians", usual: "1 of 3 custodians", days: 5 },
    afterwards: ["The film goes to the archive."],
  });
  expect(view(await world("make"), "carl").script).toMatchObject({ emergency: null, afterwards: [] });
});
