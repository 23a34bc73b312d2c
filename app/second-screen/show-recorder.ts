import { KnownRecorders } from "#lib/carried/known-recorders";
import type { Reading } from "#lib/carried/read-carried";
import { button, element } from "../plain-pages/element";
import { hashElement, hexElement } from "../plain-pages/hash-element";
import { measured, pair } from "../plain-pages/pair";
import type { Say } from "./texts";

type RecorderReading = Extract<Reading, { kind: "recorder" }>;

/** A recorder, and whether it is the one that the holder of this device compared with the minutes. `now` in UTC. */
export function showRecorder(reading: RecorderReading, say: Say, now: () => string): Node[] {
  const { organisation, token, fingerprint } = reading;
  const recorders = new KnownRecorders(localStorage);
  const standing = recorders.standing({ organisation, token }, fingerprint);
  const known = standing.is === "new" ? null : standing.compared;
  const day = known ? new Date(known.at).toLocaleDateString() : "";
  const same = standing.is === "known";
  return [
    element("h2", { tabindex: "-1" }, say("recorderTitle")),
    verdict(),
    element("dl", {}, pair(say("organisation"), measured(organisation)), pair(say("token"), measured(token))),
    element("h3", {}, say("recorderHash")),
    hashElement(fingerprint),
    hexElement(fingerprint),
    ...(known && !same ? [element("h3", {}, say("recorderBefore")), hashElement(known.fingerprint)] : []),
    ...(same ? [] : [comparing()]),
  ];

  function verdict(): HTMLElement {
    if (same) return element("p", { class: "proof", role: "status" }, say("recorderKnown", { day }));
    if (known) return element("p", { class: "halt", role: "alert" }, say("recorderOther", { day }));
    return element("p", { class: "wait", role: "status" }, say("recorderNew"));
  }

  /** Never by one tap: the box says what was done, and only then there is a button. */
  function comparing(): HTMLElement {
    const box = element("input", { type: "checkbox" });
    const said = element("p", { role: "status" });
    const remember = button(say("remember"), () => {
      if (!box.checked) return;
      recorders.remember({ organisation, token, fingerprint, at: now() });
      remember.disabled = true;
      box.disabled = true;
      said.textContent = say("remembered");
    });
    remember.disabled = true;
    box.addEventListener("change", () => {
      remember.disabled = !box.checked;
    });
    return element("div", { class: "comparing" }, element("label", {}, box, say("compared")), remember, said);
  }
}
