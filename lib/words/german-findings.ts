import { GERMAN_REMEDIES } from "./german-remedies";
import { GERMAN_UNREADABLE } from "./german-unreadable";
import { GERMAN_WATCHED } from "./german-watched";

/**
 * German for what the linter says: each sentence of its checks, each part of one, and why a code matters and what to do about it,
 * under the English that stands where the check is made. A test holds this list equal to what the checks say.
 */
export const GERMAN_FINDINGS: { readonly [english: string]: string } = { ...GERMAN_WATCHED, ...GERMAN_UNREADABLE, ...GERMAN_REMEDIES };
