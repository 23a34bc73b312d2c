import { expect, test } from "vitest";
import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import { wordsIn } from "#lib/words/words";
import { isToClose, turnSentence } from "./step-find";

const reading: MyAct = { act: "read-out", deviations: [] };
const opening = { act: "open-step", step: "sign", title: "Signatures", deviation: null } as const satisfies MyAct;
const view = (changed: Partial<RoomView>) =>
  ({ acts: [], readOut: null, deviations: [], mine: [opening, reading], ...changed }) as unknown as RoomView;

test("whoever opens the signatures is asked what became of the printed sheets, where nothing was noted and nobody has said it", () => {
  expect(isToClose(view({}))).toBe(true);
  expect(turnSentence(opening, view({}), wordsIn("en"))).toMatch(/^Open .*closed unused and shown to the camera\? Say which\.$/);
  expect(turnSentence(opening, view({}), wordsIn("de"))).toMatch(/unbenutzt geschlossen und der Kamera gezeigt\? Sagen Sie, welche\.$/);
});

test("it is asked once, of whoever may say it, and not beside sheets that are to be read", () => {
  const readOut = { at: "2026-11-23T10:00:00.000Z", name: "olga", unused: [] };
  expect(isToClose(view({ readOut }))).toBe(false);
  expect(isToClose(view({ mine: [opening] }))).toBe(false);
  expect(isToClose(view({ deviations: [{}] as unknown as RoomView["deviations"] }))).toBe(false);
  expect(turnSentence(opening, view({ readOut }), wordsIn("en"))).not.toContain("camera");
});
