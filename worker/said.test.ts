import { expect, test } from "vitest";
import { INVARIANTS } from "#lib/ceremony/refusal";
import { healthInWords } from "#lib/conduct/health-sentence";
import { haltMeaning } from "#lib/words/halt-meaning";
import { LANGUAGES } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { WORKER_BLOCKS } from "./followed-ceremony";
import type { Said } from "./health";
import * as said from "./said";

const AT = "2026-11-22T10:00:00.000Z";
const facts = {
  ...{ seq: 7, roster: "ab".repeat(32), version: 1, newest: 2, mode: "rehearsal", at: AT, looked: AT, again: AT, until: AT },
  ...{ ceremony: "c-1", name: "vault", found: "s-1", expected: "s-2", operation: "clone-key" },
};
const whys = ["missing", "changed", "refused", "LABEL-NOT-LISTED", "PROFILE-HAS-NO-SECURITY-OFFICER-PIN", "CKR_DEVICE_REMOVED"];
const blocks = [...WORKER_BLOCKS, ...INVARIANTS].flatMap((code) => whys.map((why) => said.blocked({ code, facts: { ...facts, why } })));
const everything: readonly Said[] = [
  ...[said.STANDING_BY, said.STOPPED, said.NO_RECORDER, said.SEALING, said.onBreak("s-1", ["c-1", "c-2"]), said.tokenHeld("s-1")],
  ...[said.tokenSilent("s-1", "CKR_DEVICE_REMOVED"), said.pinRefused("state/pin-refused"), said.busyWith("clone-key, copy")],
  ...[said.troubled("StoreFault"), said.logStopped("a leaf is missing"), said.logUnknown("keys.example/log")],
  ...[said.logDiffers("audit event 7 changed", 2), said.watching("s-1"), ...blocks],
  ...[said.certificateEnds("s-1", "2027-01-01", 30), said.certificateEnded("s-1", "2027-01-01"), said.certificateGone("s-1")],
];

const row = ({ of, sentence, values = {} }: Said, state = "ready") => ({ state, sentence, facts: { said: { of, values } }, seenAt: AT });

test("what a worker says stands in the catalogue of its own language word for word", () => {
  const words = wordsIn("en");
  const differing = everything.filter((one) => {
    const code = one.of === "token-silent" || one.of === "OTHER-TOKEN-THERE" ? haltMeaning(one.values?.["why"] ?? "", words) : null;
    return healthInWords(row(one, "blocked"), words) !== [one.sentence, ...(code === null ? [] : [code])].join(" ");
  });
  expect(differing.map(({ sentence }) => sentence)).toEqual([]);
});

test("everything a worker says of itself is said in every language, with nothing left out", () => {
  for (const language of LANGUAGES)
    for (const one of everything) {
      const told = healthInWords(row(one, "blocked"), wordsIn(language));
      expect(told).not.toMatch(/[{}?]|workerHealth/);
      if (language !== "en") expect(told).not.toBe(one.sentence);
    }
});

test("a reason inside of what a worker says is said in the reader's language too; what nobody foresaw is quoted", () => {
  const inGerman = (one: Said) => healthInWords(row(one, "blocked"), wordsIn("de"));
  const stamp = (why: string) => inGerman(said.blocked({ code: "TIME-STAMPED", facts: { why, again: AT } }));
  expect(stamp("the time-stamp authority answered with HTTP status 503")).toContain("Zeitstempel: die Zeitstempelstelle antwortete mit dem HTTP-Status 503.");
  expect(stamp("the time stamp is not good: its signature does not verify")).toContain("der Zeitstempel ist nicht gut: seine Signatur ist ungültig.");
  expect(inGerman(said.logStopped("the log keys.example/log lacks tile 0/3"))).toContain("kommt nichts mehr: dem Log keys.example/log fehlt die Kachel 0/3.");
  expect(inGerman(said.logDiffers("entry 3 of c-1: missing", 2))).toContain("(Eintrag 3 von c-1: fehlt; insgesamt 2)");
  const sealing = (why: string) => inGerman(said.blocked({ code: "RECORD-SEALED", facts: { why, again: AT } }));
  expect(sealing("SealFault: the file has no place for a seal")).toContain("SealFault: die Datei hat keinen Platz für ein Siegel.");
  expect(sealing("TypeError: Cannot read it")).toContain("TypeError: „Cannot read it“.");
  expect(inGerman(said.tokenSilent("s-1", "C_Login: NO-PIN"))).toMatch(/\(C_Login: NO-PIN\)\. .+ Der Worker hat keine PIN für dieses Token\.$/);
  expect(inGerman(said.tokenSilent("s-1", "C_Sign: CKR_DEVICE_REMOVED (0x32)"))).toMatch(/ Das Gerät wurde entfernt\.$/);
});

test("what the catalogues do not know is shown as the worker wrote it", () => {
  const words = wordsIn("de");
  expect(healthInWords({ state: "ready", sentence: "All is well.", seenAt: AT }, words)).toBe("All is well.");
  expect(healthInWords({ state: "ready", sentence: "All is well.", facts: { said: { of: 7 } }, seenAt: AT }, words)).toBe("All is well.");
  expect(healthInWords(row({ of: "block", sentence: "All is well." }), words)).toBe("All is well.");
  expect(healthInWords(row({ of: "of-tomorrow", sentence: "All is well." }), words)).toBe("All is well.");
});
