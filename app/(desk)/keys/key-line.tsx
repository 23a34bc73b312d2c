import Link from "next/link";
import { DayAndTime } from "#components/moment";
import type { KeySight } from "#lib/conduct/register-view";
import type { KeptRotation } from "#lib/conduct/draft-rotations";
import { pageWords } from "../../page-words";
import { RotationMark } from "./rotation-mark";
import { StateMark } from "./state-mark";

/** One key in the list: what it is, in which state, where, and until when. */
export async function KeyLine({ sight, rotation }: { sight: KeySight; rotation: KeptRotation | undefined }) {
  const words = await pageWords("keys");
  const { key, tokens, owner, due, daysLeft } = sight;
  const { label, algorithm, uses, state, endsAt, processedUntil } = key;
  const live = state === "active" || state === "suspended";
  return (
    <li className="border-b border-rule">
      <Link href={`/keys/${key.key}`} className="group flex flex-wrap items-baseline gap-x-5 gap-y-2 py-3 hover:bg-sunken">
        <span className="min-w-0 flex-1 basis-64">
          <span className="measured text-lg [overflow-wrap:anywhere] underline decoration-edge underline-offset-4 group-hover:decoration-ink">
            {label}
          </span>
          <span className="block text-sm text-quiet">
            <span className="measured">{algorithm}</span> · {uses.map((use) => words(`use.${use}`)).join(", ")}
            {owner ? ` · ${owner}` : ""}
          </span>
        </span>
        <span className="w-44 shrink-0">
          <StateMark state={state}>{words(`state.${state}`)}</StateMark>
        </span>
        <span className="w-64 shrink-0 text-sm text-quiet">
          {tokens[0] === undefined ? words("nowhere") : words("onTokens", { n: tokens.length, first: tokens[0] })}
          <span className={`block ${due === "lapsed" ? "font-semibold text-halt" : due === "lapsing" ? "font-semibold text-wait" : ""}`}>
            {due === "lapsed" ? words("lapsed") : due === "lapsing" ? words("lapsing", { days: daysLeft ?? 0 }) : null}
            {due === null && live ? endsAt === null ? words("noPeriod") : words.rich("until", { time: () => <DayAndTime at={endsAt} /> }) : null}
            {!live && processedUntil !== null ? words.rich("processed", { time: () => <DayAndTime at={processedUntil} /> }) : null}
          </span>
          {rotation?.waits === true ? (
            <span className="block">
              <RotationMark rotation={rotation} />
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  );
}
