import { expect, test } from "vitest";
import type { RosterChange } from "#lib/ceremony/roster-changes";
import { wordsIn } from "#lib/words/words";
import { rosterChangeSentence } from "./roster-change-sentence";

const ID = "0123456789abcdefghij";
const at = (...origins: string[]) => ({ id: "keys.example", origins });

test.each<[RosterChange, string, string]>([
  [
    { change: "organisation", is: "Südhafen", was: null },
    "The organisation is called Südhafen; before, not shown",
    "Die Organisation heißt Südhafen; vorher nicht gezeigt",
  ],
  [
    { change: "places", is: at("https://a", "https://b"), was: at("https://a") },
    "Passkeys now count for keys.example at https://a, https://b; before, for keys.example at https://a",
    "Passkeys zählen jetzt für keys.example unter https://a, https://b; vorher für keys.example unter https://a",
  ],
  [
    { change: "quorum", is: 3, was: 2 },
    "3 custodians must endorse what comes after it; before, 2",
    "Was danach kommt, müssen 3 Schlüsselverwahrer unterschreiben; vorher 2",
  ],
  [
    { change: "person-new", name: "Eve", roles: ["custodian", "witness"], passkeys: 1 },
    "Eve is new: custodian, witness; 1 passkey",
    "Eve ist neu: Schlüsselverwahrer, Zeuge; 1 Passkey",
  ],
  [
    { change: "person-new", name: "Eve <b>{x}</b>", roles: [], passkeys: 2 },
    "Eve <b>{x}</b> is new: none; 2 passkeys",
    "Eve <b>{x}</b> ist neu: keine; 2 Passkeys",
  ],
  [{ change: "person-gone", name: "Ada" }, "Ada is no longer on it", "Ada steht nicht mehr darin"],
  [{ change: "name", name: "Eve", is: "Eve", was: "Ada" }, "Eve: is called Eve; before, Ada", "Eve: heißt Eve; vorher Ada"],
  [{ change: "title", name: "Ada", is: null, was: "Chair" }, "Ada: title not shown; before, Chair", "Ada: Titel nicht gezeigt; vorher Chair"],
  [
    { change: "roles", name: "Ada", is: ["operator"], was: [] },
    "Ada: roles operator; before, none",
    "Ada: Rollen Zeremonienleitung; vorher keine",
  ],
  [{ change: "groups", name: "Ada", is: [], was: ["board"] }, "Ada: groups none; before, board", "Ada: Gruppen keine; vorher board"],
  [
    { change: "passkey-new", name: "Ada", passkey: ID },
    "Ada: a NEW PASSKEY, 0123456789abcdef…",
    "Ada: ein NEUER PASSKEY, 0123456789abcdef…",
  ],
  [
    { change: "passkey-gone", name: "Ada", passkey: ID },
    "Ada: the passkey 0123456789abcdef… was taken out",
    "Ada: der Passkey 0123456789abcdef… wurde herausgenommen",
  ],
])("$change is said in the reader's language", (change, english, german) => {
  expect(rosterChangeSentence(change)).toBe(english);
  expect(rosterChangeSentence(change, wordsIn("de"))).toBe(german);
});
