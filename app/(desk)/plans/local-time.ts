/** What a field for day and time takes and gives: no zone, so that of the device. Its instant, or null when it is none. */
export function instantOf(field: string): string | null {
  const at = new Date(field);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** An instant as such a field shows it. */
export function fieldOf(at: string | null): string {
  if (at === null) return "";
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** IANA name of the device's zone. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
