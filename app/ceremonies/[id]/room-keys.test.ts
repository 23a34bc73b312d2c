import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import type { Role } from "#lib/ceremony/roles";
import { commandOf, ROOM_KEYS } from "./room-keys";
import { plainRoom, plainStep } from "./room-plain.under-test";

const seenBy = (role: Role | null, ...acts: MyAct["act"][]): RoomView =>
  plainRoom([plainStep("a", 1, { current: true })], {
    me: role && { person: "p", name: "P", title: "", role, passkeys: [] },
    mine: acts.map((act) => ({ act }) as MyAct),
  });
const listed = (role: Role | null) => ROOM_KEYS.filter(({ isFor }) => isFor(seenBy(role))).map(({ key }) => key).join("");

it("each key stands once, and none needs Ctrl, Alt or Meta", () => {
  const keys = ROOM_KEYS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.every((key) => /^[a-z?]$/u.test(key))).toBe(true);
});

it("lists for each role the keys that can ever do something for it", () => {
  expect([listed("operator"), listed("witness"), listed("custodian"), listed("auditor"), listed(null)]).toEqual([
    "njkcdbsp?",
    "njkdiwbsp?",
    "njkdsp?",
    "jksp?",
    "jkp?",
  ]);
});

it("a key does nothing while its act is not mine, and what it says once it is", () => {
  for (const [key, act, kind] of [
    ["d", "note-deviation", "deviation"],
    ["s", "stop", "stop"],
    ["b", "begin-break", "begin-break"],
    ["b", "end-break", "end-break"],
  ] as const) {
    expect(commandOf(key, seenBy("operator"))).toBe(null);
    expect(commandOf(key, seenBy("operator", act))).toMatchObject({ does: "sheet", sheet: { kind } });
  }
});

it("console, initials and notebook are for those who have them", () => {
  expect(commandOf("c", seenBy("operator"))).toEqual({ does: "sheet", sheet: { kind: "console" } });
  expect(commandOf("c", seenBy("custodian"))).toBe(null);
  expect(commandOf("i", seenBy("witness"))).toEqual({ does: "initial" });
  for (const key of ["i", "w", "x"]) expect(commandOf(key, seenBy("operator"))).toBe(null);
});

it("the table in docs/room.md has these keys and no others, in this order", () => {
  const text = readFileSync(path.join(import.meta.dirname, "../../../docs/room.md"), "utf8");
  const written = [...text.matchAll(/^\| `(.)` \|/gmu)].map(([, key]) => key);
  expect(written).toEqual(ROOM_KEYS.map(({ key }) => key));
});
