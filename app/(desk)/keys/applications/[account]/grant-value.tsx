import Link from "next/link";
import type { GrantFact } from "#lib/accounts/grant-facts";
import { grantValues } from "#lib/conduct/grant-words";
import type { RegisteredKey } from "#lib/register/registered-key";
import { pageWords } from "../../../../page-words";

/** What is known of keys, by id. */
export type KnownLabels = ReadonlyMap<string, Pick<RegisteredKey, "key" | "label" | "algorithm" | "state">>;

type ValueProps = Pick<GrantFact, "what" | "values"> & { keys: KnownLabels };

/** What a grant says in one respect; a key of the register by its label and its state, with the id that is signed. */
export async function GrantValue({ what, values, keys }: ValueProps) {
  const [words, keyWords] = await Promise.all([pageWords("accounts"), pageWords("keys")]);
  if (what === "keys") {
    return (
      <ul>
        {values.map((id) => {
          const key = keys.get(id);
          const said = key && words("key", { label: key.label, algorithm: key.algorithm, state: keyWords(`state.${key.state}`) });
          return (
            <li key={id}>
              {said === undefined ? (
                words("unknownKey")
              ) : (
                <Link href={`/keys/${id}`} className="underline decoration-edge underline-offset-4">
                  {said}
                </Link>
              )}{" "}
              <span className="measured text-sm text-quiet">{id}</span>
            </li>
          );
        })}
      </ul>
    );
  }
  const said = grantValues({ what, values }, words);
  if (what !== "clients" || values.length === 0) return said.join(", ");
  return (
    <ul className="measured">
      {said.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
