import { expect, test } from "vitest";
import { BAD_INPUT, remedyOf } from "#lib/script-source/bad-input.under-test";
import { blankScript } from "./blank-script";
import { EDITION_TAKEN, examineText, isPublishable, nextEdition, withEdition } from "./examine-text";

test("the script that one begins with is sound", () => {
  const examined = examineText(blankScript, [], null, "en");
  expect(examined.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(isPublishable(examined)).toBe(true);
});

test("an edition that is published is said to be so at its line, and the next one is free", () => {
  const { hash } = examineText(blankScript, [], null, "en");
  for (const [published, word] of [
    [hash ?? "", "exactly this content"],
    ["00", "published already"],
  ] as const) {
    const there = [{ script: "new-script", edition: 1, hash: published }];
    const examined = examineText(blankScript, there, null, "en");
    const found = examined.findings.find(({ code }) => code === EDITION_TAKEN);
    expect(found).toMatchObject({
      line: blankScript.split("\n").indexOf("edition: 1") + 1,
      remedy: "Write the change as edition 2.",
    });
    expect(found?.sentence).toContain(word);
    expect(isPublishable(examined)).toBe(false);
    expect(isPublishable(examineText(withEdition(blankScript, nextEdition("new-script", there)), there, null, "en"))).toBe(true);
  }
});

test("a German reader is told in German what is wrong, why it matters and what to do", () => {
  const { findings } = examineText(blankScript.replace("approve: 2", "approve: 1"), [], null, "de");
  expect(findings.find(({ code }) => code === "QUORUM-ONE")).toMatchObject({
    sentence: "Ein Quorum von eins ist eine Person, die allein entscheidet; mindestens zwei müssen zustimmen.",
    why: "Eine Person allein könnte alles tun.",
    remedy: "Lassen Sie mindestens zwei Schlüsselverwahrer zustimmen.",
  });
});

test("a German reader is told in German what the YAML parser says", () => {
  const { findings } = examineText("quorum:\n\tapprove: 2\n", [], null, "de");
  expect(findings.map(({ sentence }) => sentence)).toContain(
    "Kein wohlgeformtes YAML: eingerückt wird mit Leerzeichen, nicht mit Tabulatoren.",
  );
});

test("a text that is no script has no paper and cannot be published, and a text with faults has its paper all the same", () => {
  expect(examineText("title: [", [], null, "en")).toMatchObject({ script: null, hash: null });
  const unsound = examineText(blankScript.replace("approve: 2", "approve: 1"), [], null, "en");
  expect(unsound.script?.title).toBe("New script");
  expect(isPublishable(unsound)).toBe(false);
});

test.each(BAD_INPUT)("%s comes to a finding with its remedy while one types, fast, and cannot be published", (_what, yaml, code) => {
  const before = process.cpuUsage();
  const examined = examineText(yaml, [], null, "en");
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
  const found = examined.findings.find((one) => one.code === code);
  expect(found).toMatchObject({ severity: "error", remedy: remedyOf(code), line: expect.any(Number) as number });
  expect(isPublishable(examined)).toBe(false);
});
