import { expect, test } from "vitest";
import { deniesExport } from "./denies-export";

test.each([
  "It can never leave the HSM.",
  "The key is non-extractable.",
  "It can’t leave the HSM.",
  "No key made here ever leaves the HSM.",
  "Nobody can ever take this key out.",
  "No key made here may ever leave the HSM.",
  "We make a key that cannot be exported.",
  "Kein hier erzeugter Schlüssel darf das HSM je verlassen.",
  "Der Schlüssel verlässt das HSM nie.",
  "Er kann das HSM nicht verlassen.",
  "Der Schlüssel ist nicht exportierbar.",
])("says that a key stays inside: %s", (text) => {
  expect(deniesExport(text)).toBe(true);
});

test.each([
  "The key can leave in wrapped form.",
  "Nobody leaves the room without saying so.",
  "We do not leave the room before the end.",
  "The card is taken out of its bag. Nobody speaks.",
  "Niemand verlässt den Raum, ohne es zu sagen.",
  "Wir können den Raum nicht verlassen.",
  "The public half is exported.",
])("says nothing of it: %s", (text) => {
  expect(deniesExport(text)).toBe(false);
});
