import Link from "next/link";
import { leadDays } from "#lib/conduct/rotation-dates";
import type { RegisteredKey } from "#lib/register/registered-key";
import type { KeptRotation } from "#lib/conduct/draft-rotations";
import { draftDays } from "#lib/wiring/rotation";
import { pageWords } from "../../../page-words";
import { RotationMark } from "../rotation-mark";

/** Whether the ceremony that replaces a key is drafted, and if not, why or when. */
export async function KeyRotation({ of, rotation }: { of: RegisteredKey; rotation: KeptRotation | undefined }) {
  const words = await pageWords("keys");
  if (rotation) {
    return (
      <p>
        <RotationMark rotation={rotation} />{" "}
        <Link href={`/plans/${rotation.plan.plan}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
          {words(rotation.waits && rotation.plan.draft ? "rotation.look" : "rotation.toPlan")}
        </Link>
      </p>
    );
  }
  if (of.born.how === "found") return <p className="max-w-prose text-quiet">{words("rotation.noScript")}</p>;
  if (of.cryptoperiodDays === null) return <p className="max-w-prose text-quiet">{words("rotation.noEnd")}</p>;
  return <p className="max-w-prose text-quiet">{words("rotation.none", { n: leadDays(of, draftDays()) })}</p>;
}
