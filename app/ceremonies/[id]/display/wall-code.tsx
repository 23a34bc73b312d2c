import { TurningCode } from "#components/turning-code";
import { useWords } from "#components/words";
import type { Carried } from "#lib/carried/carried";
import type { SigningView } from "#lib/conduct/room";

/** What agreeing would sign, for everybody's second screen: as large as the wall allows, because it is read from a seat. */
export function WallCode({ signing, room }: { signing: SigningView; room: "much" | "little" }) {
  const words = useWords("wall");
  const carried: Carried = {
    v: "claviger/carried/v1",
    kind: "statement",
    statement: signing.statement,
    signers: signing.signers.map((signer) => ({ ...signer })),
    remark: null,
  };
  return (
    <div className={`mx-auto w-[min(80vw,56dvh)] ${room === "much" ? "lg:w-[min(32vw,58dvh)]" : "lg:w-[min(23vw,42dvh)]"}`}>
      <TurningCode
        carried={carried}
        label={words("code")}
        counted={(part, parts) => words("codePart", { part: String(part), parts: String(parts) })}
        className="text-[max(1rem,1.4vw)]"
      />
      <p className="text-[max(0.9rem,1.1vw)] leading-snug text-quiet">{words("codeFor")}</p>
    </div>
  );
}
