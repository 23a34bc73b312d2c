import { expect, it } from "vitest";
import { actor, MemoryDesk } from "./desk.under-test";
import { noteAuditorsLook, readEvents, takeRegister } from "./read-register";

const code = (said: { ok: true } | { ok: false; refusal: { code: string } }) => (said.ok ? "done" : said.refusal.code);
const PEOPLE = { adam: "administrator", axel: "auditor", olga: "operator", carl: "custodian", will: "witness", nobody: "" } as const;

/** What was noted by when something was made: nothing leaves before its note. */
function noted() {
  const notes: string[] = [];
  const { people } = new MemoryDesk().ports;
  return {
    notes,
    register: { people, made: async () => "csv", note: async (by: string, made: string) => void notes.push(`${by} took ${made}`) },
    events: { people, events: async () => ["signed-in"], note: async (by: string) => void notes.push(`${by} looked`) },
  };
}

it("the register is taken along by whoever reads it, with their own passkey, and each time is noted", async () => {
  for (const [person, role] of Object.entries(PEOPLE)) {
    const { notes, register } = noted();
    const may = role !== "witness" && role !== "";
    expect([person, code(await takeRegister(register, actor(person)))]).toEqual([person, may ? "done" : "NOT-FOUND"]);
    expect(code(await takeRegister(register, actor(person, false)))).toBe(may ? "LOOK-ONLY" : "NOT-FOUND");
    expect(notes).toEqual(may ? [`${person} took csv`] : []);
  }
});

it("audit events are told to auditors and administrators, with their own passkey, and the look is noted", async () => {
  for (const [person, role] of Object.entries(PEOPLE)) {
    const { notes, events } = noted();
    const may = role === "auditor" || role === "administrator";
    expect([person, code(await readEvents(events, actor(person)))]).toEqual([person, may ? "done" : "NOT-FOUND"]);
    expect(code(await readEvents(events, actor(person, false)))).toBe(may ? "LOOK-ONLY" : "NOT-FOUND");
    expect(notes).toEqual(may ? [`${person} looked`] : []);
  }
});

it("nothing is handed over where its note cannot be kept", async () => {
  const { register, events } = noted();
  const away = () => Promise.reject(new Error("the database is away"));
  await expect(takeRegister({ ...register, note: away }, actor("axel"))).rejects.toThrow("away");
  await expect(readEvents({ ...events, note: away }, actor("axel"))).rejects.toThrow("away");
});

it("an auditor's look at the register is noted, and nobody else's daily work", async () => {
  const notes: string[] = [];
  const note = async (by: string, place: string) => void notes.push(`${by} ${place}`);
  await noteAuditorsLook(note, { person: "axel", roles: ["auditor"] }, "keys");
  await noteAuditorsLook(note, { person: "both", roles: ["operator", "auditor"] }, "keys/ab");
  for (const role of ["administrator", "operator", "custodian", "witness"] as const) await noteAuditorsLook(note, { person: role, roles: [role] }, "keys");
  expect(notes).toEqual(["axel keys", "both keys/ab"]);
});
