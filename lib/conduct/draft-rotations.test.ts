import { describe, expect, it } from "vitest";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import type { Register, RegisteredKey } from "#lib/register/registered-key";
import { draftRotations, dueForRotation, type DraftGround, type DraftShelf } from "./draft-rotations";
import type { KnownPerson } from "./people-ports";
import type { CalendarEvent, NewDraft, NewMail, PlanAudit } from "./plan-ports";

const END = "2027-02-26T12:00:00.000Z";
const key = (id: string, more: object = {}): RegisteredKey =>
  ({
    key: id,
    label: id,
    state: "active",
    endsAt: END,
    cryptoperiodDays: 90,
    born: { ceremony: "c-1", how: "made", script: { script: "small" } },
    ...more,
  }) as unknown as RegisteredKey;
const register = (at: string, ...keys: RegisteredKey[]) => ({ at, mode: "production", keys, refused: [] }) as Register;
const due = (at: string, keys: RegisteredKey[], drafted: Parameters<typeof dueForRotation>[1] = []) =>
  dueForRotation(register(at, ...keys), drafted, 30).map((group) => group.map(({ key: id }) => id));

describe("a ceremony is due to be drafted", () => {
  it("so many days before the end of a key in use, and still after it", () => {
    expect(due("2027-01-27T11:59:00.000Z", [key("a")])).toEqual([]);
    expect(due("2027-01-27T12:00:00.000Z", [key("a")])).toEqual([["a"]]);
    expect(due("2027-04-01T12:00:00.000Z", [key("a")])).toEqual([["a"]]);
    expect(due(END, [key("a", { state: "deactivated" })])).toEqual([]);
    expect(due(END, [key("a", { endsAt: null })])).toEqual([]);
  });
  it("for no key that no script made", () => {
    expect(due(END, [key("a", { born: { ...key("a").born, how: "found" } })])).toEqual([]);
  });
  it("once for a key and its end, whatever became of it, and never while one waits", () => {
    expect(due(END, [key("a")], [{ key: "a", endsAt: END, waits: false }])).toEqual([]);
    const before = { key: "a", endsAt: "2027-01-01T12:00:00.000Z" };
    expect(due(END, [key("a")], [{ ...before, waits: true }])).toEqual([]);
    expect(due(END, [key("a")], [{ ...before, waits: false }])).toEqual([["a"]]);
    expect(due(END, [key("a")], [{ key: "b", endsAt: END, waits: true }])).toEqual([["a"]]);
  });
  it("for the keys of one ceremony together, where they end within a week of each other", () => {
    const keys = [key("a"), key("b", { endsAt: "2027-03-04T12:00:00.000Z" }), key("c", { endsAt: "2027-05-01T12:00:00.000Z" })];
    const other = key("d", { born: { ...key("d").born, ceremony: "c-2" } });
    expect(due("2027-01-27T12:00:00.000Z", [...keys, other])).toEqual([["a", "b"], ["d"]]);
  });
});

function house(before: DraftGround["before"] = { zone: "Europe/Vienna", room: "Vault" }) {
  const kept: { draft: NewDraft; mails: readonly NewMail[]; audit: PlanAudit }[] = [];
  const events: CalendarEvent[] = [];
  const person = (id: string) => ({ person: id, name: id, contact: `${id}@example.org`, disabled: false, language: "en" }) as unknown as KnownPerson;
  const ports = {
    people: { find: (id: string) => Promise.resolve(id === "wang" ? { ...person(id), contact: null, email: null } : person(id)), list: () => Promise.resolve([]) },
    calendar: (event: CalendarEvent) => String(events.push(event)),
    mails: true,
    origin: "https://keys.example.org",
    world: { now: () => new Date("2027-01-27T12:00:00.000Z"), random: (length: number) => new Uint8Array(length), undrawable: () => [] },
  };
  const cast = ([["olga", "operator"], ["carl", "custodian"], ["wang", "witness"]] as const).map(([id, role]) => ({ person: id, role }));
  const shelf: DraftShelf = {
    drafted: () => Promise.resolve(kept.flatMap(({ draft }) => draft.rotates.map((one) => ({ ...one, waits: true })))),
    ground: () => Promise.resolve({ script: smallScript, scriptHash: "5c".repeat(32), before, cast: () => Promise.resolve(cast) }),
    keep: (draft, mails, audit) => {
      kept.push({ draft, mails, audit });
      return Promise.resolve("kept");
    },
  };
  return { kept, events, shelf, draft: (...keys: RegisteredKey[]) => draftRotations(ports, shelf, register("2027-01-27T12:00:00.000Z", ...keys), 30) };
}

describe("a draft", () => {
  it("has the newest edition, room and zone of the plan before, dates ahead of the end, and asks its people to hold the time", async () => {
    const { kept, events, draft } = house();
    await draft(key("a"));
    const [one] = kept;
    expect(one?.draft).toMatchObject({ title: smallScript.title, room: "Vault", zone: "Europe/Vienna", rotates: [{ key: "a", endsAt: END }] });
    expect(one?.draft).toMatchObject({ startsAt: "2027-02-15T08:00:00.000Z", standbyAt: "2027-02-17T08:00:00.000Z" });
    expect(one?.audit).toMatchObject({ kind: "rotation-drafted", by: null, facts: { people: 3, keys: "a" } });
    expect(one?.mails.map(({ person, kind, calendar }) => [person, kind, calendar?.method])).toEqual([["olga", "hold", "REQUEST"], ["carl", "hold", "REQUEST"]]);
    expect(one?.mails[1]?.text).toContain("No person has confirmed it.");
    expect(events.map(({ tentative, sequence }) => [tentative, sequence])).toEqual([[true, 0], [true, 0]]);
  });
  it("is made once, however often the register is looked at", async () => {
    const { kept, draft } = house();
    await draft(key("a"));
    await draft(key("a"));
    expect(kept).toHaveLength(1);
  });
  it("says nothing of a room where nobody planned the ceremony before", async () => {
    const { kept, draft } = house(null);
    await draft(key("a"));
    expect(kept[0]?.draft).toMatchObject({ zone: "UTC", room: "" });
    expect(kept[0]?.mails[0]?.text).not.toContain("Where:");
  });
  it("is not made where no edition of the script is published", async () => {
    const { kept, shelf, draft } = house();
    Object.assign(shelf, { ground: () => Promise.resolve(null) });
    await draft(key("a"));
    expect(kept).toEqual([]);
  });
});
