import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { RecorderStanding } from "#lib/carried/known-recorders";
import type { RoomView } from "#lib/conduct/room";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { wordsIn } from "#lib/words/words";
import { enterPart, type PartTurn } from "./enter-part";
import { PartForm } from "./part-form";
import { RecorderCheck } from "./recorder-check";

const [HERE, OTHER] = ["7a".repeat(32), "c4".repeat(32)] as const;
const turn = {
  ...{ act: "enter-part", step: "change", secret: "user-pin", part: 1, title: "the PIN" },
  ...{ chosen: false, token: null, least: 4, most: 8 },
} as PartTurn;
const view = {
  mine: [turn],
  organisation: "Halcyon",
  recorder: { fingerprint: HERE, token: { serial: "s-1" } },
} as unknown as RoomView;
const compared = { organisation: "Halcyon", token: "s-1", fingerprint: OTHER, at: "2026-11-20T09:00:00.000Z" };
const send = () => Promise.reject(new Error("nothing is sent here"));
const nothing = () => undefined;

const checking = (standing: RecorderStanding) =>
  renderToStaticMarkup(createElement(RecorderCheck, { view, standing, onCompared: nothing }));
const words = (hash: string) => hashWords(fromHex(hash)).slice(0, 2).join(" ");

test("while it is not known whether a person compared the recorder, there is no field to type a half into", () => {
  expect(renderToStaticMarkup(createElement(PartForm, { view, send, onDone: nothing }))).not.toContain('name="half"');
});

test("a recorder that nobody compared is shown in words, and is remembered only once a person says that they compared it", () => {
  const page = checking({ is: "new", elsewhere: [] });
  expect(page).toContain(words(HERE));
  expect(page).toMatch(/type="checkbox"/);
  expect(page).toMatch(/<button[^>]* disabled=""[^>]*>Remember this recorder/);
});

test("another recorder than was compared is shown beside it, and no click puts it in its place", () => {
  const page = checking({ is: "other", compared });
  expect(page).toContain(words(HERE));
  expect(page).toContain(words(OTHER));
  expect(page).toContain('role="alert"');
  expect(page).not.toContain('type="checkbox"');
  expect(page).toContain('name="words"');
});

test("a half is encrypted to no recorder but the one that was compared, and nothing is sent", async () => {
  const answer = await enterPart(view, turn, "12345", OTHER, send, wordsIn("en").of("halves"));
  expect(answer).toMatchObject({ ok: false, problem: { code: "RECORDER-NOT-COMPARED" } });
});
