import { useState } from "react";
import type { Answer, Problem } from "./ask";
import { signStatement, type SignedAssertion } from "./sign-statement";

/** What is to be signed, as this browser has read it, and with whose passkeys. */
export type Signable = {
  readonly hash: string;
  readonly rpId: string;
  readonly passkeys: readonly string[];
  /** Whether it is in order: nothing else is ever signed. */
  readonly sound: boolean;
};

/** Signing what was read and compared: what the foot of the sheet shows, the touch, one at a time, and what went wrong. */
export function useSigning() {
  const [compared, setCompared] = useState(false);
  const [signing, setSigning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  /** Asks the passkey for its signature and sends it. Null where nothing can be signed, and when it was not: a problem. */
  async function touch<T>(signable: Signable | null, send: (assertion: SignedAssertion) => Promise<Answer<T>>) {
    if (!signable?.sound || !compared || signing) return null;
    setSigning(true);
    setProblem(null);
    const signed = await signStatement(signable.hash, signable.rpId, signable.passkeys);
    const answer = signed.ok ? await send(signed.assertion) : null;
    setSigning(false);
    if (signed.ok && answer?.ok) return { assertion: signed.assertion, value: answer.value };
    const wrong = answer ?? signed;
    if (!wrong.ok) setProblem(wrong.problem);
    return null;
  }

  return { touch, problem, setProblem, foot: { compared, onCompared: setCompared, signing } };
}
