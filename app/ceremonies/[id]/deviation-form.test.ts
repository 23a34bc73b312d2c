import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { InLanguage } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import type { OpenSheetView } from "#lib/conduct/sheet-view";
import type { Language } from "#lib/words/language";
import { aboutSheet, deviationAt, deviationNow } from "./deviation-about";
import { DeviationForm } from "./deviation-form";
import { minute, plainRoom, plainStep } from "./room-plain.under-test";

const sheet = (number: number, step: string): OpenSheetView => ({
  ...{ number, step, class: "B", at: minute(3) },
  ...{ expected: "The same reading.", happened: "The readings differ." },
});
const room = (openSheet: OpenSheetView | null, change: Partial<RoomView> = {}): RoomView =>
  plainRoom([plainStep("serial", 1, { current: true }), plainStep("make", 2)], { openSheet, ...change });

function drawn(view: RoomView, step: string | null, asked: number | null, language: Language = "en") {
  const send = () => Promise.reject(new Error("nothing is sent here"));
  const form = createElement(DeviationForm, { view, send, step, why: null, sheet: asked, onDone: () => undefined });
  const page = renderToStaticMarkup(InLanguage({ language, children: form }));
  const texts = [...page.matchAll(/<textarea[^>]*>([^<]*)<\/textarea>/g)].map(([, text]) => text);
  const buttons = [...page.matchAll(/<button[^>]*type="(\w+)"[^>]*>([^<]*)</g)].map(([, type, text]) => `${type ?? ""}: ${text ?? ""}`);
  return { page, texts, buttons };
}

test("a form that was opened to complete a sheet is filled in with what the sheet says, and completes it", () => {
  const { page, texts, buttons } = drawn(room(sheet(2, "serial")), "serial", 2);
  expect(texts).toEqual(["The same reading.", "The readings differ.", ""]);
  expect(buttons).toEqual(["submit: Complete sheet 2"]);
  expect(page).not.toContain('role="alert"');
});

test("where a sheet opens at the step of a form that was open before, nothing can be sent until the person has chosen", () => {
  const english = drawn(room(sheet(2, "serial")), "serial", null);
  expect(english.texts).toEqual(["", "", ""]);
  expect(english.buttons).toEqual(["button: Complete sheet 2 with this", "button: Note it for the ceremony as a whole"]);
  expect(english.page).toContain('role="alert"');
  expect(drawn(room(sheet(2, "serial")), "serial", null, "de").buttons).toEqual([
    "button: Damit Blatt 2 ausfüllen",
    "button: Zur Zeremonie als Ganzes vermerken",
  ]);
});

test("a form about another place is asked nothing, and takes nothing from the sheet", () => {
  for (const step of [null, "make"]) {
    const { texts, buttons } = drawn(room(sheet(2, "serial")), step, null);
    expect([texts, buttons]).toEqual([["", "", ""], ["submit: Note the deviation"]]);
  }
});

test("only the chosen sheet at its own step is completed; one that opened since is asked about", () => {
  const first = sheet(1, "serial");
  expect(aboutSheet(room(first), "serial", first)).toEqual({ completes: first, undecided: null });
  expect(aboutSheet(room(first), "", first)).toEqual({ completes: null, undecided: null });
  expect(aboutSheet(room(first), "serial", null)).toEqual({ completes: null, undecided: first });
  // Completed by somebody else, which the rules say once it is sent; and a further one opened there since.
  expect(aboutSheet(room(null), "serial", first)).toEqual({ completes: first, undecided: null });
  expect(aboutSheet(room(sheet(3, "serial")), "serial", first).undecided?.number).toBe(3);
});

test("a form is opened for the sheet at its step, and in a stopped room for the ceremony as a whole while one stands open", () => {
  const open = room(sheet(2, "serial"));
  expect(deviationNow(open)).toMatchObject({ step: "serial", sheet: 2 });
  expect(deviationAt(open, "make")).toMatchObject({ step: "make", sheet: null });
  expect(deviationNow({ ...open, phase: "stopped" })).toMatchObject({ step: null, sheet: null });
  expect(deviationNow(room(null, { phase: "stopped" }))).toMatchObject({ step: "serial", sheet: null });
  expect(drawn({ ...open, phase: "stopped" }, "serial", 2).page).toContain("It does not answer the stop");
});
