import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { RoomView } from "#lib/conduct/room";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { PartForm } from "./part-form";

test("whoever types a half reads first, in words, whose key it will be encrypted to", () => {
  const fingerprint = "7a".repeat(32);
  const place = { act: "enter-part", step: "change", secret: "user-pin", part: 1 };
  const turn = { ...place, title: "the PIN", chosen: false, least: 4, most: 8 };
  const view = { mine: [turn], recorder: { fingerprint } } as unknown as RoomView;
  const send = () => Promise.reject(new Error("nothing is sent here"));
  const page = renderToStaticMarkup(createElement(PartForm, { view, send, onDone: () => undefined }));
  const [first, second] = hashWords(fromHex(fingerprint));
  const [words, field] = [page.indexOf(`${first ?? "?"} ${second ?? "?"}`), page.indexOf('name="half"')];
  expect(words).toBeGreaterThan(0);
  expect(field).toBeGreaterThan(words);
});
