import Link from "next/link";
import { Notice } from "#components/notice";
import type { NearlyUsedUp } from "#lib/register/encryptions";
import type { AreaWords } from "#lib/words/words";

type UsedUpKeysProps = { usedUp: readonly NearlyUsedUp[]; words: AreaWords<"keys"> };

/** AES keys that need a successor for the number of their encryptions. */
export function UsedUpKeys({ usedUp, words }: UsedUpKeysProps) {
  return usedUp.map(({ key, percent }) => (
    <Notice key={key.key} look={percent < 100 ? "wait" : "halt"} title={key.label}>
      <p>{percent < 100 ? words("usedUp.half", { percent }) : words("usedUp.all")}</p>
      <p>{words("usedUp.must")}</p>
      <Link href={`/keys/${key.key}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
        {words("one.facts")}
      </Link>
    </Notice>
  ));
}
