/** What a roster says otherwise than the version before it. */
export const rosterChanges = {
  organisation: "The organisation is called {is}; before, {was}",
  places: "Passkeys now count for {is}; before, for {was}",
  place: "{id} at {origins}",
  quorum: "{is, number} custodians must endorse what comes after it; before, {was, number}",
  personNew: "{name} is new: {roles}; {passkeys, plural, one {# passkey} other {# passkeys}}",
  personGone: "{name} is no longer on it",
  name: "{name}: is called {is}; before, {was}",
  title: "{name}: title {is}; before, {was}",
  roles: "{name}: roles {is}; before, {was}",
  groups: "{name}: groups {is}; before, {was}",
  passkeyNew: "{name}: a NEW PASSKEY, {passkey}…",
  passkeyGone: "{name}: the passkey {passkey}… was taken out",
  notShown: "not shown",
  none: "none",
} as const;
