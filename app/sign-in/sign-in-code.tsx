import { HashBlock } from "#components/hash-block";
import { TurningCode } from "#components/turning-code";
import { useWords } from "#components/words";
import { signInChallenge } from "#lib/ceremony/sign-in-challenge";
import { hex } from "#lib/log/digest";

/** What a passkey is asked to sign at the door, in words, and as a code from which a second screen works out the same words. */
export function SignInCode({ nonce }: { nonce: string }) {
  const words = useWords("wall");
  return (
    <div className="space-y-4 border-y border-rule py-4">
      <HashBlock of={words("signInAbout")} hex={hex(signInChallenge(nonce))} />
      <TurningCode
        carried={{ v: "claviger/carried/v1", kind: "sign-in", nonce }}
        label={words("signInCode")}
        counted={(part, parts) => words("codePart", { part: String(part), parts: String(parts) })}
        className="max-w-60"
      />
    </div>
  );
}
