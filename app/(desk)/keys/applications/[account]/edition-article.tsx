import type { ReactNode } from "react";
import { DayAndTime } from "#components/moment";
import type { GrantDifference } from "#lib/accounts/grant-facts";
import type { EditionSight } from "#lib/conduct/account-view";
import { grantFactName } from "#lib/conduct/grant-words";
import { pageWords } from "../../../../page-words";
import { GrantValue, type KnownLabels } from "./grant-value";

type EditionProps = {
  sight: EditionSight;
  keys: KnownLabels;
  nameOf: (person: string) => string;
  children?: ReactNode;
};

/** One edition: how it stands, who wrote it down and why, what is otherwise in it, and who signed it. */
export async function EditionArticle({ sight, keys, nameOf, children }: EditionProps) {
  const words = await pageWords("accounts");
  const { grant, standing, reason, reached, withdrawn, changes } = sight;
  return (
    <article className="space-y-2">
      <h3 className="flex flex-wrap items-baseline gap-x-4">
        <span className="spoken text-xl">{words("line", { edition: grant.edition })}</span>
        <span className={standing === "in-force" ? "font-semibold" : "text-quiet"}>{words(`standing.${standing}`)}</span>
      </h3>
      <p>{words("reason", { reason: reason === "" ? words("withheld") : reason })}</p>
      <p className="text-sm text-quiet">{words.rich("written", { by: nameOf(grant.by), time: () => <DayAndTime at={grant.at} /> })}</p>
      {reached ? (
        <p className="text-sm text-quiet">
          {words.rich("reachedAt", { people: reached.people.map(nameOf).join(", "), time: () => <DayAndTime at={reached.at} /> })}
        </p>
      ) : null}
      {withdrawn ? (
        <p className="text-sm text-quiet">
          {words.rich("withdrawnAt", { by: nameOf(withdrawn.by), time: () => <DayAndTime at={withdrawn.at} /> })}
        </p>
      ) : null}
      {grant.clients.length === 0 ? <p className="font-semibold">{words("takesBack")}</p> : null}
      {changes === null ? (
        <p className="text-sm text-quiet">{words("first")}</p>
      ) : changes.differences.length === 0 ? (
        <p className="text-sm text-quiet">{words("unchanged", { since: changes.since })}</p>
      ) : (
        <div>
          <p className="text-sm font-semibold">{words("since", { since: changes.since })}</p>
          <dl className="space-y-2 border-l-4 border-rule pl-4">
            {changes.differences.map((one) => (
              <Difference key={`${one.what} ${one.alias ?? ""}`} of={one} keys={keys} />
            ))}
          </dl>
        </div>
      )}
      {children}
    </article>
  );
}

async function Difference({ of: { what, alias, was, is }, keys }: { of: GrantDifference; keys: KnownLabels }) {
  const words = await pageWords("accounts");
  const side = (said: "was" | "is", values: readonly string[] | null) => (
    <dd className={`flex flex-wrap gap-x-2 [overflow-wrap:anywhere] ${said === "was" ? "text-quiet" : ""}`}>
      <span className="text-sm">{words(said)}</span>
      <span className="min-w-0">{values === null ? words("wasNothing") : <GrantValue what={what} values={values} keys={keys} />}</span>
    </dd>
  );
  return (
    <div>
      <dt>{grantFactName({ what, alias }, words)}</dt>
      {side("was", was)}
      {side("is", is)}
    </div>
  );
}
