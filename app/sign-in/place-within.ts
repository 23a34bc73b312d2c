const HERE = "https://here.invalid";

/**
 * Where a sign-in may lead: a place on this site, or the first page. Judged by the parser that browsers use, which drops
 * tabs and line ends and reads a backslash as a slash, so that "/\t/elsewhere" does not lead away.
 */
export function placeWithin(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  try {
    const { origin, pathname, search, hash } = new URL(next, HERE);
    const place = `${pathname}${search}${hash}`;
    return origin === HERE && !place.startsWith("//") ? place : "/";
  } catch {
    return "/";
  }
}
