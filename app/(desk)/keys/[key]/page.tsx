import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { FactList } from "#components/fact-list";
import { HashBlock } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import { NEXT_STATES } from "#lib/ceremony/key-states";
import { Hash } from "#lib/ceremony/roster.schema";
import { readsRegister } from "#lib/conduct/register-view";
import { daysSinceActive } from "#lib/register/register-from";
import * as wiring from "#lib/wiring";
import { endingAliases, usersOf } from "#lib/wiring/accounts";
import { lookAtRegister } from "#lib/wiring/desk-looks";
import { oneKeySight } from "#lib/wiring/register";
import { pageWords } from "../../../page-words";
import { EndorsementPanel } from "../../endorsement-panel";
import { LookAgain } from "../../look-again";
import { EndingAliasNotice } from "../applications/account-alerts";
import { BackLink } from "../back-link";
import { MustHaveSuccessor } from "../must-have-successor";
import { StateMark } from "../state-mark";
import { UsesSection } from "../uses-section";
import { KeyFactList } from "./key-fact-list";
import { KeyHistory } from "./key-history";
import { KeyPlaces } from "./key-places";
import { KeyRotation } from "./key-rotation";
import { ProposeChange } from "./propose-change";

export const generateMetadata = async () => ({ title: (await pageWords("keys"))("title") });

export default async function KeyPage({ params }: { params: Promise<{ key: string }> }) {
  const me = await wiring.signedIn();
  const { key: id } = await params;
  if (!me) redirect(`/sign-in?next=/keys/${id}`);
  if (!readsRegister(me.roles)) notFound();
  const [sight, words] = await Promise.all([Hash.safeParse(id).success ? oneKeySight(id, me.person) : null, pageWords("keys")]);
  if (!sight) notFound();
  const [takes, users, ending, accountWords] = await Promise.all([
    lookAtRegister(me, `keys/${id}`),
    usersOf(id),
    endingAliases(),
    pageWords("accounts"),
  ]);
  const { one, proposed, nameOf, textOf, mayPropose } = sight;
  const { key } = one;
  const next = [...(key.state === "compromised" ? [] : [key.state]), ...NEXT_STATES[key.state]];
  return (
    <>
      <LookAgain />
      <BackLink href="/keys">{words("one.back")}</BackLink>
      <PageHeading title={<span className="measured [overflow-wrap:anywhere]">{key.label}</span>}>
        <StateMark state={key.state}>{words(`state.${key.state}`)}</StateMark>{" "}
        {words.rich("one.since", { time: () => <DayAndTime at={key.stateSince} /> })}
      </PageHeading>
      <div className="mb-8 space-y-4 empty:hidden">
        {ending.map((one) =>
          one.keys.includes(id) ? <EndingAliasNotice key={`${one.account}/${one.alias}`} ending={one} /> : null,
        )}
      </div>
      <PageSection title={words("one.changes")}>
        <div className="space-y-6">
          {proposed.length === 0 ? <Nothing>{words(key.state === "destroyed" ? "change.nobody" : "change.none")}</Nothing> : null}
          {proposed.map(({ change, hash, reason, standing, signatures }) => (
            <article key={hash} className="space-y-2">
              <p className="spoken text-xl">
                {change.from === change.to
                  ? words("one.unchanged", { from: words(`state.${change.from}`) })
                  : words("one.changed", { from: words(`state.${change.from}`), to: words(`state.${change.to}`) })}
              </p>
              <p>{words("one.reason", { reason })}</p>
              <p className="text-sm text-quiet">
                {words.rich("change.open", { by: nameOf(change.by), time: () => <DayAndTime at={change.at} /> })}
              </p>
              {standing ? null : <p className="text-sm text-wait">{words("change.over")}</p>}
              {signatures ? <EndorsementPanel line={signatures} me={me.person} /> : null}
            </article>
          ))}
          {mayPropose && key.state !== "destroyed" ? (
            <ProposeChange
              id={key.key}
              state={key.state}
              next={next}
              cryptoperiodDays={key.cryptoperiodDays}
              daysOver={daysSinceActive(key, sight.register.at)}
            />
          ) : null}
        </div>
      </PageSection>
      {key.state === "destroyed" ? null : (
        <PageSection title={words("rotation.title")}>
          <KeyRotation of={key} rotation={sight.rotations.get(key.key)} />
          <MustHaveSuccessor of={key.key} />
        </PageSection>
      )}
      <PageSection title={words("one.facts")}>
        <KeyFactList one={one} record={sight.record} nameOf={nameOf} />
        {key.spkiSha256 !== null ? (
          <div className="mt-6 border-y-2 border-ink py-4">
            <HashBlock of={words("one.fingerprint")} hex={key.spkiSha256} />
          </div>
        ) : null}
      </PageSection>
      <PageSection title={words("one.places")}>
        <KeyPlaces sight={key} />
      </PageSection>
      {key.backups.length > 0 ? (
        <PageSection title={words("one.backups")}>
          <FactList
            facts={key.backups.map(({ backup, restored }) => ({
              name: backup,
              value: words(restored ? "one.restored" : "one.unrestored"),
            }))}
          />
        </PageSection>
      ) : null}
      <PageSection title={words("one.history")}>
        <KeyHistory history={key.history} nameOf={nameOf} textOf={textOf} />
      </PageSection>
      <PageSection title={accountWords("users.title")}>
        {users.length === 0 ? <Nothing>{accountWords("users.none")}</Nothing> : null}
        <ul>
          {users.map((account) => (
            <li key={account}>
              <Link href={`/keys/applications/${account}`} className="measured inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
                {account}
              </Link>
            </li>
          ))}
        </ul>
      </PageSection>
      <UsesSection of={{ of: "key", id: key.key }} takes={takes} />
    </>
  );
}
