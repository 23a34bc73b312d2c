import { DAY_MS } from "../ceremony/days";

/** Under what a worker seals: an organisation's certificate of the recorder's key, or the recorder's own; `until` null: of the organisation none is good. */
export type SealCertificate = { readonly of: "organisation" | "recorder"; readonly until: string | null };

/** People are told so many days before its end, and in the worker's own log each time once more. */
export const TOLD_DAYS = [7, 30, 60] as const;

/** A record is sealed once log and time stamps answer, which may take as long as this after the last signature. */
const SEALED_WITHIN_MS = DAY_MS;

/** What a worker last said of it, or null: a worker of an earlier version says nothing. */
export function sealCertificateIn(facts: unknown): SealCertificate | null {
  const seal = memberOf(facts, "seal");
  const [of, until] = [memberOf(seal, "of"), memberOf(seal, "until")];
  if (of !== "organisation" && of !== "recorder") return null;
  if (until === null) return { of, until };
  return typeof until === "string" && !Number.isNaN(Date.parse(until)) ? { of, until } : null;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** The fewest days of those at which people are told, of which it has no more left; null while there is time. None left: the fewest. */
export function toldWithin({ until }: SealCertificate, now: string): (typeof TOLD_DAYS)[number] | null {
  const left = until === null ? 0 : Date.parse(until) - Date.parse(now);
  return TOLD_DAYS.find((days) => left <= days * DAY_MS) ?? null;
}

/** Whether the record of a ceremony that is opened now and takes so long would still be sealed under it. */
export const outlasts = ({ until }: SealCertificate, minutes: number, now: string): boolean =>
  until !== null && Date.parse(until) >= Date.parse(now) + minutes * 60_000 + SEALED_WITHIN_MS;
