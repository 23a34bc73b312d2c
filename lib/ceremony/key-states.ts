/** The states of a key, as SP 800-57 part 1 rev. 5 has them in section 7, and CycloneDX 1.6 spells them. */
export const KEY_STATES = ["pre-activation", "active", "suspended", "deactivated", "compromised", "destroyed"] as const;
export type KeyState = (typeof KEY_STATES)[number];

/**
 * What people can agree to, by the state a key is in (SP 800-57 part 1 rev. 5, sections 7.1 to 7.6). "destroyed" is in none of
 * them: that a key is gone is no decision, but an outcome.
 */
export const NEXT_STATES: { readonly [from in KeyState]: readonly KeyState[] } = {
  "pre-activation": ["active", "compromised"],
  active: ["suspended", "deactivated", "compromised"],
  suspended: ["active", "deactivated", "compromised"],
  deactivated: ["compromised"],
  compromised: [],
  destroyed: [],
};
