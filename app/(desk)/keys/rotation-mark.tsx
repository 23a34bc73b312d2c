import { DayAndTime } from "#components/moment";
import type { KeptRotation } from "#lib/conduct/draft-rotations";
import { pageWords } from "../../page-words";

/** What became of the ceremony that was drafted for a key's end. */
export async function RotationMark({ rotation: { plan } }: { rotation: Pick<KeptRotation, "plan"> }) {
  const words = await pageWords("keys");
  const { startsAt, draft, cancelledAt, ceremony, reason } = plan;
  if (ceremony !== null) return words("rotation.opened");
  const time = () => <DayAndTime at={startsAt} />;
  if (cancelledAt !== null) return words.rich("rotation.dismissed", { time, reason: reason ?? "" });
  return words.rich(draft ? "rotation.drafted" : "rotation.planned", { time });
}
