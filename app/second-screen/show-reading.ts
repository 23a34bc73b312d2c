import type { Reading } from "#lib/carried/read-carried";
import type { Language } from "#lib/words/language";
import { element } from "../plain-pages/element";
import { hashElement, hexElement } from "../plain-pages/hash-element";
import { showEndorsement } from "./show-endorsement";
import { showRecorder } from "./show-recorder";
import { showStatement } from "./show-statement";
import type { Say } from "./texts";

/** What was read, for people to see. `now` in UTC. */
export function showReading(reading: Reading, language: Language, say: Say, now: () => string): Node[] {
  switch (reading.kind) {
    case "statement":
      return showStatement(reading, language, say);
    case "endorsement":
      return showEndorsement(reading, say);
    case "recorder":
      return showRecorder(reading, say, now);
    case "sign-in":
      return [
        element("h2", { tabindex: "-1" }, say("signInTitle")),
        element("p", { class: "spoken" }, say("signIn")),
        hashElement(reading.hash),
        hexElement(reading.hash),
        element("p", { class: "wait" }, say("signInWarning")),
      ];
  }
}
