import type { Script, Step } from "#lib/ceremony/script";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { smallScript } from "#worker/played-scripts.under-test";

/** Pages by their own dictionaries. */
export const pagesOf = (pdf: Uint8Array): number => Buffer.from(pdf).toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;

const FEW = 4;
const MORE = 24;

/**
 * A real record of about that many pages, played and sealed with software keys: the small script with as many sentences to be
 * read aloud as it takes. What it has with a few of them is the least.
 */
export async function realRecord(pages: number): Promise<SealedRecord> {
  const few = await SealedRecord.make(scriptWith(FEW));
  const each = (pagesOf((await SealedRecord.make(scriptWith(MORE))).pdf) - pagesOf(few.pdf)) / (MORE - FEW);
  const sentences = Math.round(FEW + (pages - pagesOf(few.pdf)) / each);
  return sentences <= FEW ? few : SealedRecord.make(scriptWith(sentences));
}

function scriptWith(sentences: number): Script {
  const script = smallScript();
  const [act, ...acts] = script.acts;
  if (!act) throw new Error("the small script has an act");
  const said = Array.from({ length: sentences }, (_, i): Step => {
    const step = `said-${String(i + 1)}`;
    return { step, kind: "statement", by: ["witness"], title: `Sentence ${String(i + 1)}`, say: "Everybody has read what is about to be done, and nobody has a question." };
  });
  return { ...script, acts: [{ ...act, steps: [...said, ...act.steps] }, ...acts] };
}
