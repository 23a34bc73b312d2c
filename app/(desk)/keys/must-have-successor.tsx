import Link from "next/link";
import { Nothing } from "#components/page-heading";
import { aliasesOfKey } from "#lib/wiring/accounts";
import { pageWords } from "../../page-words";

/** The applications that must have the key that follows this one: a rotation makes it, and only an edition brings it to them. */
export async function MustHaveSuccessor({ of }: { of: string }) {
  const [words, aliases] = await Promise.all([pageWords("accounts"), aliasesOfKey(of)]);
  return (
    <>
      <p className="mt-3 font-semibold">{words("alias.title")}</p>
      {aliases.length === 0 ? (
        <Nothing>{words("alias.none")}</Nothing>
      ) : (
        <>
          <ul>
            {aliases.map(({ account, alias, followed }) => (
              <li key={`${account}/${alias}`} className="flex flex-wrap items-baseline gap-x-3">
                <Link
                  href={`/keys/applications/${account}`}
                  className="measured inline-flex min-h-11 items-center underline decoration-edge underline-offset-4"
                >
                  {account}
                </Link>
                <span className="measured">{alias}</span>
                <span className={followed ? "text-quiet" : "font-semibold text-wait"}>{words(followed ? "alias.has" : "alias.lacks")}</span>
              </li>
            ))}
          </ul>
          {aliases.every(({ followed }) => followed) ? null : <p className="max-w-prose text-sm text-quiet">{words("alias.must")}</p>}
        </>
      )}
    </>
  );
}
