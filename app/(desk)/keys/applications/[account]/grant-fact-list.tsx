import { grantFacts } from "#lib/accounts/grant-facts";
import type { Grant } from "#lib/accounts/grant";
import { grantFactName } from "#lib/conduct/grant-words";
import { pageWords } from "../../../../page-words";
import { GrantValue, type KnownLabels } from "./grant-value";

/** Everything that an edition allows, in rows. */
export async function GrantFactList({ grant, keys }: { grant: Grant; keys: KnownLabels }) {
  const words = await pageWords("accounts");
  return (
    <dl className="grid gap-x-5 gap-y-1 sm:grid-cols-[fit-content(42%)_1fr]">
      {grantFacts(grant).map((fact) => (
        <div key={`${fact.what} ${fact.alias ?? ""}`} className="contents">
          <dt className="text-quiet">{grantFactName(fact, words)}</dt>
          <dd className="mb-2 min-w-0 [overflow-wrap:anywhere] sm:mb-0">
            <GrantValue what={fact.what} values={fact.values} keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
