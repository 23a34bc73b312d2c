/**
 * The address a request came from, for limits. Every proxy in front appends to X-Forwarded-For whom it heard from, so the
 * trusted ones are counted from the right: whatever stands further left a caller may have made up.
 */
export function clientAddress(forwardedFor: string | null, trustedProxies: number): string {
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  return (hops.at(-Math.max(1, trustedProxies)) ?? hops[0] ?? "").slice(0, 64);
}
