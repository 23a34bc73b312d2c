import type { RosterChange } from "#lib/ceremony/roster-changes";
import type { Role } from "#lib/ceremony/roles";
import { wordsIn, type Words } from "#lib/words/words";

/** A change of a roster as a line for whoever endorses or trusts it, in their language; passkeys by the beginning of their id. */
export function rosterChangeSentence(said: RosterChange, words: Words = wordsIn("en")): string {
  const say = words.of("rosterChanges");
  const shown = (text: string | null) => text ?? say("notShown");
  const among = (names: readonly string[]) => names.join(", ") || say("none");
  const roleWords = (roles: readonly Role[]) => among(roles.map((role) => words.of("roles")(role)));
  const place = ({ id, origins }: { id: string; origins: readonly string[] }) => say("place", { id, origins: origins.join(", ") });
  switch (said.change) {
    case "organisation":
      return say("organisation", { is: shown(said.is), was: shown(said.was) });
    case "places":
      return say("places", { is: place(said.is), was: place(said.was) });
    case "quorum":
      return say("quorum", { is: said.is, was: said.was });
    case "person-new":
      return say("personNew", { name: said.name, roles: roleWords(said.roles), passkeys: said.passkeys });
    case "person-gone":
      return say("personGone", { name: said.name });
    case "name":
    case "title":
      return say(said.change, { name: said.name, is: shown(said.is), was: shown(said.was) });
    case "roles":
      return say("roles", { name: said.name, is: roleWords(said.is), was: roleWords(said.was) });
    case "groups":
      return say("groups", { name: said.name, is: among(said.is), was: among(said.was) });
    case "passkey-new":
      return say("passkeyNew", { name: said.name, passkey: said.passkey.slice(0, 16) });
    case "passkey-gone":
      return say("passkeyGone", { name: said.name, passkey: said.passkey.slice(0, 16) });
  }
}
