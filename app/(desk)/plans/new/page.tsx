import { notFound, redirect } from "next/navigation";
import { Nothing, PageHeading } from "#components/page-heading";
import { organises } from "#lib/conduct/organiser";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { pageWords } from "../../../page-words";
import { needsOf } from "../../ceremonies/new/cast";
import { MakePlan } from "./make-plan";

/** Four hours, where the script does not say. */
const BLOCK_MINUTES = 240;

export async function generateMetadata() {
  return { title: (await pageWords("plans"))("planTitle") };
}

export default async function NewPlanPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/plans/new");
  if (!organises(me.roles)) notFound();
  await lookAt(me, "plans/new");
  const [lines, rosters, words] = await Promise.all([wiring.scripts(), wiring.rosters(me.person), pageWords("plans")]);
  const roster = rosters.find(({ standing }) => standing === "in force");
  const texts = await Promise.all(lines.map(({ hash }) => wiring.script(hash)));
  const scripts = texts.flatMap((text) => {
    if (!text) return [];
    const { title, edition, minutes, block } = text.script;
    return [{ hash: text.hash, title, edition, minutes, block: block?.minutes ?? BLOCK_MINUTES, needs: needsOf(text.script) }];
  });
  return (
    <>
      <PageHeading title={words("planTitle")}>{words("planIntro")}</PageHeading>
      {!roster || scripts.length === 0 ? (
        <Nothing>{words("needsRoster")}</Nothing>
      ) : (
        <MakePlan scripts={scripts} people={roster.people} me={me.person} />
      )}
    </>
  );
}
