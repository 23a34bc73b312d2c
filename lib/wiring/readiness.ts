import type { Script } from "#lib/ceremony/script";
import { readinessView, type ReadinessView } from "#lib/conduct/readiness-view";
import { parseCanonical } from "#lib/log/canonical";
import { listScripts } from "#lib/store/scripts";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { inForce, ownStatements } from "./rosters";

/** Who is ready for production, as this person sees it; null before there is a roster in force. */
export async function readiness(me: string): Promise<ReadinessView | null> {
  const roster = await inForce(env().CLAVIGER_MODE);
  if (!roster) return null;
  const [rows, duties, tests] = await Promise.all([listScripts(database()), ownStatements("duties"), ownStatements("passkey")]);
  const newest = new Map<string, Script>();
  for (const { bytes } of rows) {
    const script = parseCanonical(bytes) as unknown as Script;
    if ((newest.get(script.script)?.edition ?? 0) < script.edition) newest.set(script.script, script);
  }
  const scripts = [...newest.values()];
  return readinessView({ verifier: webCryptoVerifier, roster, scripts, duties, tests, now: now().toISOString(), me });
}
