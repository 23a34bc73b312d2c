import type { rosterChanges as english } from "../en/roster-changes";
import type { Translation } from "../translation";

export const rosterChanges: Translation<typeof english> = {
  organisation: "Die Organisation heißt {is}; vorher {was}",
  places: "Passkeys zählen jetzt für {is}; vorher für {was}",
  place: "{id} unter {origins}",
  quorum: "Was danach kommt, müssen {is, number} Schlüsselverwahrer unterschreiben; vorher {was, number}",
  personNew: "{name} ist neu: {roles}; {passkeys, plural, one {# Passkey} other {# Passkeys}}",
  personGone: "{name} steht nicht mehr darin",
  name: "{name}: heißt {is}; vorher {was}",
  title: "{name}: Titel {is}; vorher {was}",
  roles: "{name}: Rollen {is}; vorher {was}",
  groups: "{name}: Gruppen {is}; vorher {was}",
  passkeyNew: "{name}: ein NEUER PASSKEY, {passkey}…",
  passkeyGone: "{name}: der Passkey {passkey}… wurde herausgenommen",
  notShown: "nicht gezeigt",
  none: "keine",
};
