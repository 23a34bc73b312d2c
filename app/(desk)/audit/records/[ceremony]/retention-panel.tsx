import { Button } from "#components/button";
import { HashBlock } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";
import { PageSection } from "#components/page-heading";
import { destructionMatter, destructionState, type KeptRecord } from "#lib/conduct/destroy-record";
import { holdMatter, holdState } from "#lib/conduct/hold-record";
import { lastIn, newestOf } from "#lib/conduct/matter";
import { isOver, retentionOf } from "#lib/conduct/retention";
import { deskPorts } from "#lib/wiring/desk";
import { pageWords } from "../../../../page-words";
import { DestructionForm } from "./destruction-form";
import { HoldForm } from "./hold-form";

type Panel = { kept: KeptRecord; who: { by: string; roles: readonly string[] }; names: ReadonlyMap<string, string> };

/** Until when a record is kept, what holds it besides, and its end. */
export async function RetentionPanel({ kept, who, names }: Panel) {
  const { matters, world } = deskPorts();
  const { ceremony, destroyed, keys } = kept;
  const [hold, destruction, words] = await Promise.all([
    matters.find(holdMatter(ceremony)),
    matters.find(destructionMatter(ceremony)),
    pageWords("audit"),
  ]);
  const retention = retentionOf(kept);
  const unknown = keys === "unknown";
  const none = unknown ? "keysUnknown" : keys.length === 0 ? "keysNone" : retention.afterKeys === "while keys live" ? "untilKeys" : null;
  const state = holdState(hold);
  const nameOf = (by: string) => names.get(by) ?? by;
  const over = isOver(retention, world.now().toISOString());
  const ordered = destruction && lastIn(destruction, "record-destruction-ordered");
  return (
    <>
      <PageSection title={words("retention")} id="retention">
        <dl className="grid grid-cols-[fit-content(50%)_1fr] gap-x-5 gap-y-1">
          <dt className="text-quiet">{words("sevenYears")}</dt>
          <dd>
            <DayAndTime at={retention.sevenYears} />
          </dd>
          <dt className="text-quiet">{words("afterKeys")}</dt>
          <dd>
            {none === null ? <DayAndTime at={retention.afterKeys ?? ""} /> : words(none)}
            {(unknown ? [] : keys).map(({ label, ckaId }) => (
              <span key={`${label}${ckaId}`} className="measured block text-sm [overflow-wrap:anywhere]">
                {label}
              </span>
            ))}
          </dd>
          <dt className="text-quiet">{words("until")}</dt>
          <dd className="font-semibold">
            {retention.until === null ? words(unknown ? "keysUnknown" : "untilKeys") : <DayAndTime at={retention.until} />}{" "}
            {over ? `(${words("over")})` : null}
          </dd>
        </dl>
      </PageSection>
      {destroyed ? (
        <PageSection title={words("destruction")} id="destruction">
          <Notice look="plain" title={words("destructionDone")}>
            <p>
              <DayAndTime at={destroyed.at} />
            </p>
          </Notice>
          <div className="mt-4 space-y-4">
            <HashBlock of={words("destructionCertificateHash")} hex={destroyed.certificate} />
            <Button asChild>
              <a href={`/api/audit/files/${destroyed.certificate}?matter=${encodeURIComponent(destructionMatter(ceremony))}`} download>
                {words("destructionCertificate")}
              </a>
            </Button>
          </div>
        </PageSection>
      ) : (
        <>
          <PageSection title={words("hold")} id="hold">
            <p className="max-w-prose text-quiet">{words("holdAbout")}</p>
            <p className="my-2 font-semibold">{words(`holdState.${state}`)}</p>
            <ul className="mb-4 space-y-1">
              {hold?.events.map(({ event, kind, by, at, facts }) => (
                <li key={event} className="text-sm">
                  <DayAndTime at={at} />{" "}
                  {words(`holdHistory.${kind as "hold-asked"}`, { who: nameOf(by), reason: "reason" in facts ? facts.reason : "" })}
                </li>
              ))}
            </ul>
            <HoldForm ceremony={ceremony} state={state} second={hold !== null && newestOf(hold).by !== who.by} />
          </PageSection>
          {over && state === "none" ? (
            <PageSection title={words("destruction")} id="destruction">
              <p className="mb-3 max-w-prose text-quiet">{words("destructionAbout")}</p>
              {destructionState(destruction) === "ordered" && ordered ? (
                <p className="mb-3">{words("destructionOrdered", { who: nameOf(ordered.by), reason: ordered.facts.reason })}</p>
              ) : null}
              <DestructionForm
                ceremony={ceremony}
                ordered={destructionState(destruction) === "ordered"}
                mayOrder={who.roles.includes("administrator")}
                mayDestroy={ordered?.by !== who.by}
              />
            </PageSection>
          ) : null}
        </>
      )}
    </>
  );
}
