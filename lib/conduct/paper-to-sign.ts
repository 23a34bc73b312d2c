import { grantToEndorse, readGrant } from "#lib/accounts/grant";
import type { Opening } from "#lib/log/commitment";
import { sha256Hex } from "#lib/log/digest";
import { changeToEndorse, explanationToSign, readExplanation, readKeyChange } from "#lib/register/key-change";
import { checkChange } from "#lib/register/register-from";
import type { Register } from "#lib/register/registered-key";
import { ok, refuse, type Result } from "#lib/result";
import type { PaperKind, PaperToSign } from "./endorsable-now";
import { object, refused, type Objection } from "./objection";

type Kept = { readonly bytes: Uint8Array; readonly openings: readonly Opening[] };

export type PaperPorts = {
  readonly find: (hash: string) => Promise<Kept | null>;
  readonly register: () => Promise<Register>;
  /** Whether a finding of that id is open. */
  readonly isOpen: (finding: string) => Promise<boolean>;
  /** Whether the grant of that hash awaits signatures: it was not withdrawn, no later edition counts, and its time is not over. */
  readonly isAwaited: (grant: string) => Promise<boolean>;
};

/**
 * A change of a key, one's own explanation of a finding, or what an application may do, as it may be signed now: nobody is asked to
 * sign what could not come about any more, or what was withdrawn. Objects NOTHING-TO-ENDORSE; refuses what `checkChange` refuses, and FINDING-EXPLAINED.
 */
export async function paperToSign(
  { find, register, isOpen, isAwaited }: PaperPorts,
  what: PaperKind,
  hash: string,
  person: string,
): Promise<Result<PaperToSign, Objection>> {
  const paper = await find(hash);
  if (!paper || sha256Hex(paper.bytes) !== hash) return object("NOTHING-TO-ENDORSE", { hash });
  const { bytes, openings } = paper;
  const change = what === "key-state" ? readKeyChange(bytes) : null;
  if (change) {
    const { keys, mode } = await register();
    if (change.mode !== mode) return object("NOTHING-TO-ENDORSE", { hash });
    const checked = checkChange(keys.find(({ key }) => key === change.key), change);
    return checked.ok ? ok({ document: changeToEndorse(change), bytes, openings }) : refused(checked.refusal);
  }
  const grant = what === "grant" ? readGrant(bytes) : null;
  if (grant) return (await isAwaited(hash)) ? ok({ document: grantToEndorse(grant), bytes, openings }) : object("NOTHING-TO-ENDORSE", { hash });
  const explanation = what === "finding" ? readExplanation(bytes) : null;
  if (!explanation) return object("NOTHING-TO-ENDORSE", { hash });
  if (explanation.by !== person || !(await isOpen(explanation.finding))) {
    return refuse({ code: "FINDING-EXPLAINED", facts: { finding: explanation.finding } });
  }
  return ok({ document: explanationToSign(explanation), bytes, openings });
}
