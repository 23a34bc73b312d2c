const PLACE = "claviger/second-screen/recorders";

/** A recorder whose fingerprint somebody compared with the minutes, on this device. */
export type KnownRecorder = { readonly organisation: string; readonly token: string; readonly fingerprint: string; readonly at: string };

/** The recorder that was compared for this token, or null. */
export function knownRecorder(organisation: string, token: string): KnownRecorder | null {
  return all().find((one) => one.organisation === organisation && one.token === token) ?? null;
}

/** Keeps it, in place of an earlier one of the same token. Only ever called when a person says that they compared it. */
export function rememberRecorder(recorder: KnownRecorder): void {
  const others = all().filter(({ organisation, token }) => organisation !== recorder.organisation || token !== recorder.token);
  localStorage.setItem(PLACE, JSON.stringify([...others, recorder]));
}

function all(): readonly KnownRecorder[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? (kept as readonly KnownRecorder[]) : [];
  } catch {
    return [];
  }
}
