import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Nothing, PageHeading } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { shippedScripts } from "#lib/wiring/shipped-scripts";
import type { AreaWords } from "#lib/words/words";
import { pageWords } from "../../../page-words";
import { blankScript } from "./blank-script";
import { nextEdition, withEdition, type Published } from "./examine-text";
import { ScriptEditor, type Start } from "./script-editor";

type EditProps = { searchParams: Promise<{ from?: string | string[]; start?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await pageWords("scripts"))("edit.title") };
}

export default async function EditScriptPage({ searchParams }: EditProps) {
  const asked = await searchParams;
  const [from, start] = [one(asked.from), one(asked.start)];
  const me = await wiring.signedIn();
  if (!me)
    redirect(`/sign-in?next=${encodeURIComponent(`/scripts/edit${from ? `?from=${from}` : start ? `?start=${start}` : ""}`)}`);
  const words = await pageWords("scripts");
  if (!me.roles.includes("administrator")) {
    return (
      <>
        <PageHeading title={words("edit.title")} />
        <Nothing>
          {words.rich("edit.notYours", {
            scripts: (text) => (
              <Link href="/scripts" className="text-ink underline underline-offset-4">
                {text}
              </Link>
            ),
          })}
        </Nothing>
      </>
    );
  }
  const published = (await wiring.scripts()).map(({ script, edition, hash }) => ({ script, edition, hash }));
  const began = await startOf(from, start, published, words);
  if (!began) notFound();
  await lookAt(me, "scripts/edit");
  return (
    <>
      <PageHeading title={began.title}>{words("edit.intro")}</PageHeading>
      <ScriptEditor key={began.key} start={began} published={published} />
    </>
  );
}

const one = (asked: string | string[] | undefined): string | null => (typeof asked === "string" ? asked : null);

/** The text to begin with: an edition as the next one, a script that comes with the project, or a blank one. */
async function startOf(
  from: string | null,
  start: string | null,
  published: readonly Published[],
  words: AreaWords<"scripts">,
): Promise<Start | null> {
  if (from !== null) {
    const text = await wiring.script(from);
    if (!text) return null;
    const { title, script, edition } = text.script;
    const next = nextEdition(script, published);
    const before = { edition, hash: text.hash, yaml: text.yaml };
    return { key: `from/${from}`, title: words("named", { title, edition: next }), yaml: withEdition(text.yaml, next), before };
  }
  if (start !== null) {
    const shipped = shippedScripts().find(({ name }) => name === start);
    if (!shipped) return null;
    return {
      key: `start/${start}`,
      title: shipped.title,
      yaml: withEdition(shipped.yaml, nextEdition(shipped.name, published)),
      before: null,
    };
  }
  return { key: "new", title: words("edit.fresh"), yaml: blankScript, before: null };
}
