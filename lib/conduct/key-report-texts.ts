import type { Commitment } from "#lib/log/commitment";
import { hex } from "#lib/log/digest";
import { attributesInWords } from "#lib/operations/key-outcome";
import type { KeyEvent, KeyPlace, RegisteredKey } from "#lib/register/registered-key";
import { PROFILES, type TokenProfile } from "#lib/token/profile";
import { attributeIn } from "#lib/words/fact-name";
import type { Words } from "#lib/words/words";

/** What stands outside the register and belongs beside a key: names, the texts behind commitments, and the seal of a ceremony's record. */
export type ReportSources = {
  readonly nameOf: (person: string) => string;
  /** Null: it was taken out. */
  readonly textOf: (commitment: Commitment) => string | null;
  /** SHA-256 of the sealed record; null while there is none. */
  readonly recordOf: (ceremony: string) => string | null;
};

/** What is known of the kind of module that made a key, or held it when it was found. */
export const moduleOf = ({ born: { profile } }: RegisteredKey): TokenProfile | null => profile && PROFILES[profile];

/** What can be said of a statement by the module about this key. Nobody asked the module: PKCS#11 has no call that would. */
export function attestationText(key: RegisteredKey, words: Words): string {
  const say = words.of("keys");
  const known = moduleOf(key);
  if (known === null) return say("one.attestation.unknown");
  const { attestation, title: module } = known;
  return say(attestation === "none" ? "one.attestation.none" : "one.attestation.ownTools", { module });
}

/** What can be used of a key on one token, as it was read there: its guards and what it can do. */
export function attributesText({ objects }: KeyPlace, words: Words): string {
  const use = objects.find(({ objectClass }) => objectClass === "private-key" || objectClass === "secret-key");
  return use ? attributesInWords(use).map(({ text }) => attributeIn(text, words)).join(", ") : "";
}

/** One token, with when the key came there and went, its id there and its attributes. */
export function placeText(place: KeyPlace, words: Words): string {
  const say = words.of("keys");
  const { token, ckaId, objects, since, gone } = place;
  const objectIds = [...new Set(objects.map(({ id }) => hex(id)))].filter((id) => id !== ckaId);
  const until = gone ? say("report.gone", { at: gone.at }) : "";
  return say("report.place", { token, at: since.at, until, id: [ckaId, ...objectIds].join(" "), attributes: attributesText(place, words) });
}

/** One line of a key's history: when, what, by which ceremony or change, who agreed and why. */
export function eventText(event: KeyEvent, { nameOf, textOf }: Pick<ReportSources, "nameOf" | "textOf">, words: Words): string {
  const say = words.of("keys");
  const people = event.people.length === 0 ? "" : `; ${say("one.approved", { people: event.people.map(nameOf).join(", ") })}`;
  if (event.what !== "changed") {
    const what = say(event.what === "restored" ? "one.backupRestored" : `one.${event.what}`, { where: event.where });
    return `${event.at}: ${what}; ${say("report.entry", { ceremony: event.by.ceremony, seq: String(event.by.seq), entry: event.by.entry })}${people}`;
  }
  const { from, to, reason, change, overtook } = event;
  const states = { from: say(`state.${from}`), to: say(`state.${to}`) };
  const what = from === to ? say("one.unchanged", { from: states.from }) : say("one.changed", states);
  const why = say("one.reason", { reason: textOf(reason) ?? say("one.withheld") });
  return `${event.at}: ${what}; ${why}; ${say("report.change", { hash: change })}${people}${overtook ? `; ${say("one.overtook")}` : ""}`;
}
