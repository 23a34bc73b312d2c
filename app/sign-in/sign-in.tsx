"use client";

import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { KeyRound } from "lucide-react";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import { signInChallenge } from "#lib/ceremony/sign-in-challenge";
import { base64url } from "#lib/log/digest";
import type { AreaWords } from "#lib/words/words";
import { ask, type Answer, type Problem } from "../ask";
import { ProblemNotice } from "../problem-notice";
import { SignInCode } from "./sign-in-code";

/** What can go wrong before anybody is let in, by its code; the sentences stand in the catalogue. */
const CODES = {
  refused: "SIGN-IN-REFUSED",
  unused: "PASSKEY-NOT-USED",
  noSignIn: "NOT-A-SIGN-IN",
  elsewhere: "OIDC-REFUSED",
} as const;

function trouble(why: keyof typeof CODES, words: AreaWords<"signIn">): Problem {
  return { code: CODES[why], sentence: words(`${why}.sentence`), remedy: words(`${why}.remedy`) };
}

type Offer = { challengeId: string; nonce: string; options: PublicKeyCredentialRequestOptionsJSON };

/** The challenge is made here again: a passkey that signs whatever the server sends could be signing an approval. */
const isSignIn = ({ nonce, options }: Offer): boolean => options.challenge === base64url(signInChallenge(nonce));

type SignInProps = { next: string; oidc: string | null; failed: boolean };

/** Passkey first; another sign-in, where there is one, can look but never approve. */
export function SignIn({ next, oidc, failed }: SignInProps) {
  const words = useWords("signIn");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(failed ? trouble("elsewhere", words) : null);
  const [shown, setShown] = useState<Offer | null>(null);
  const wall = useWords("wall");

  const withPasskey = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setProblem(await enter(next, shown, words));
    setShown(null);
    setBusy(false);
  };
  const show = async () => {
    const offer = await offered(words);
    setProblem(offer.ok ? null : offer.problem);
    setShown(offer.ok ? offer.value : null);
  };
  return (
    <div className="mt-8 space-y-4">
      <Button look="turn" size="large" className="w-full" aria-disabled={busy} onClick={() => void withPasskey()}>
        <KeyRound aria-hidden="true" />
        {words(busy ? "waiting" : "withPasskey")}
      </Button>
      {shown ? (
        <SignInCode nonce={shown.nonce} />
      ) : (
        <Button look="quiet" onClick={() => void show()}>
          {wall("signInShow")}
        </Button>
      )}
      {oidc === null ? null : (
        <div className="space-y-2">
          <Button size="large" className="w-full" onClick={() => void signIn("oidc", { callbackUrl: next })}>
            {words("withOther", { name: oidc })}
          </Button>
          <p className="text-sm text-quiet">{words("otherLooks")}</p>
        </div>
      )}
      <ProblemNotice problem={problem} />
    </div>
  );
}

/** What the server offers to be signed, if it is a sign-in. */
async function offered(words: AreaWords<"signIn">): Promise<Answer<Offer>> {
  const offer = await ask<Offer>("/api/passkey/challenge", {});
  return !offer.ok || isSignIn(offer.value) ? offer : { ok: false, problem: trouble("noSignIn", words) };
}

/** Signs in, by what was shown before if anything was, and goes on to `next`; answers what went wrong, or null when it leaves. */
async function enter(next: string, shown: Offer | null, words: AreaWords<"signIn">): Promise<Problem | null> {
  const offer = shown ? ({ ok: true, value: shown } as const) : await offered(words);
  if (!offer.ok) return offer.problem;
  const challenge = offer.value;
  let assertion: string;
  try {
    assertion = JSON.stringify(await startAuthentication({ optionsJSON: challenge.options }));
  } catch {
    return trouble("unused", words);
  }
  const answer = await signIn("passkey", { challengeId: challenge.challengeId, assertion, redirect: false }).catch(
    () => null,
  );
  if (!answer?.ok || answer.error) return trouble("refused", words);
  window.location.assign(next);
  return null;
}
