import { expect, test } from "vitest";
import { scriptHash } from "./script";
import { smallScript } from "./small-script.under-test";
import { stepTranslations, translationsOf } from "./translated";

test("a script that carries no other language has none to show", () => {
  expect(translationsOf(smallScript.in)).toEqual([]);
  expect(smallScript.acts.flatMap(({ steps }) => steps).flatMap(stepTranslations)).toEqual([]);
});

test("translations come in the order of their tags, whatever the order in the file", () => {
  const texts = { title: "Titre", say: "Dire" };
  const step = { step: "a", title: "A", kind: "pause", say: "Say.", by: ["operator"], in: { fr: texts, de: { title: "Titel", say: "Sagen" } } } as const;
  expect(stepTranslations({ ...step, by: [...step.by] })).toEqual([
    { language: "de", title: "Titel", say: "Sagen", asked: null },
    { language: "fr", title: "Titre", say: "Dire", asked: null },
  ]);
});

test("what a value or a piece of evidence is called is translated too", () => {
  const step = { step: "a", title: "A", kind: "check", say: "Say.", value: "Serial", physical: false, by: ["witness"] } as const;
  const others = { de: { title: "Titel", say: "Sagen", value: "Seriennummer" } };
  expect(stepTranslations({ ...step, by: [...step.by], in: others })[0]?.asked).toBe("Seriennummer");
});

test("the hash of the script covers its translations", () => {
  const [act, ...acts] = smallScript.acts;
  if (!act) throw new Error("the small script has an act");
  const inGerman = (title: string) => ({ ...smallScript, acts: [{ ...act, in: { de: { title } } }, ...acts] });
  const hashes = [smallScript, inGerman("Eins"), inGerman("Zwei")].map(scriptHash);
  expect(new Set(hashes).size).toBe(3);
});
