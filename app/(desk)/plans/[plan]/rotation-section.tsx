import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { DayAndTime } from "#components/moment";
import { PageSection } from "#components/page-heading";
import type { CastStanding, RotatedKey, RotationView } from "#lib/conduct/rotation-view";
import { pageWords } from "../../../page-words";
import { MustHaveSuccessor } from "../../keys/must-have-successor";

/** What stands behind a plan that was drafted by itself: which keys, when which of the two does what, and who would likely come. */
export async function RotationSection({ rotation: { keys, cast, left } }: { rotation: RotationView }) {
  const [words, roles] = await Promise.all([pageWords("plans"), pageWords("roles")]);
  return (
    <PageSection title={words("draft.behind")}>
      <ul className="mb-6 space-y-5">
        {keys.map((one) => (
          <li key={one.key.key}>
            <KeyOverlap one={one} />
            <MustHaveSuccessor of={one.key.key} />
          </li>
        ))}
      </ul>
      <p className="mb-2 font-semibold">{words("draft.quorum")}</p>
      <ul className="space-y-1">
        {cast.map((one) => (
          <li key={one.person} className="flex gap-2">
            {one.lacks === null ? (
              <CircleCheck aria-hidden="true" className="mt-1 size-4 shrink-0" />
            ) : (
              <CircleX aria-hidden="true" className="mt-1 size-4 shrink-0 text-wait" />
            )}
            <span>
              <span className="font-semibold">{one.name}</span> <span className="text-quiet">{roles(one.role)} · </span>
              <span className={one.lacks === null ? "text-quiet" : "text-wait"}>{words(`draft.${lackOf(one)}`)}</span>
            </span>
          </li>
        ))}
      </ul>
      {left.length > 0 ? <p className="mt-2 text-sm text-wait">{words("draft.left", { names: left.join(", ") })}</p> : null}
    </PageSection>
  );
}

const NAMED = ["not-in-roster", "DUTIES-ACCEPTED", "PASSKEYS-TESTED", "PASSKEY-POLICY"] as const;
const lackOf = ({ lacks }: CastStanding) =>
  lacks === null ? ("ready" as const) : (`lacks.${NAMED.find((one) => one === lacks) ?? "other"}` as const);

async function KeyOverlap({ one: { key, next, overlap } }: { one: RotatedKey }) {
  const words = await pageWords("plans");
  const rows: readonly (readonly [string, ReactNode])[] = [
    [words("draft.newLabel"), words(next.inScript ? "draft.inScript" : "draft.notInScript", { label: next.label })],
    ...(overlap === null
      ? []
      : ([
          [words("draft.activate"), <DayAndTime key="a" at={overlap.activateAt} />],
          [words("draft.until"), <DayAndTime key="u" at={overlap.until} />],
          [words("draft.processed"), overlap.processedUntil === null ? words("draft.noProcessing") : <DayAndTime key="p" at={overlap.processedUntil} />],
          ...(overlap.nextEndsAt === null ? [] : [[words("draft.nextEnd"), <DayAndTime key="n" at={overlap.nextEndsAt} />] as const]),
        ] as const)),
  ];
  return (
    <>
      <p className="measured text-lg [overflow-wrap:anywhere]">
        <Link href={`/keys/${key.key}`} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
          {key.label}
        </Link>
      </p>
      <dl className="grid grid-cols-[fit-content(42%)_1fr] gap-x-5 gap-y-1">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      {overlap === null ? <p className="text-quiet">{words("draft.over")}</p> : null}
      {overlap?.gap === true ? <p className="mt-1 font-semibold text-halt">{words("draft.gap")}</p> : null}
    </>
  );
}
