import Link from "next/link";
import { Button } from "#components/button";
import { SelectField, TextField } from "#components/field";
import type { DeskFilter, FilterField } from "#lib/conduct/desk-filter";
import { kindChoices, kindInWords } from "#lib/conduct/kind-words";
import { wordsIn } from "#lib/words/words";
import { pageLanguage } from "../../page-words";

type FilterFormProps = {
  /** The page that shows what is found. */
  action: string;
  filter: DeskFilter;
  /** People by their ids. */
  names: ReadonlyMap<string, string>;
  /** Records are filtered by what kind of ceremony they are of, lines of the log by their own kind. */
  of: "records" | "log";
};

/** What to look for: an ordinary form, so that what was looked for is the page's address. */
export async function FilterForm({ action, filter, names, of }: FilterFormProps) {
  const all = wordsIn(await pageLanguage());
  const words = all.of("audit");
  const choices = kindChoices(all);
  // An address may ask for a kind that this edition has no words for: it stays asked for.
  const unknown = filter.kind !== undefined && kindInWords(filter.kind, all) === null ? filter.kind : undefined;
  const field = (name: FilterField) => ({ label: words(`field.${name}`), name, defaultValue: filter[name] ?? "" });
  return (
    <form action={action} className="no-print mb-6 space-y-4">
      <TextField {...field("text")} type="search" hint={words("searched")} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextField {...field("from")} type="date" />
        <TextField {...field("until")} type="date" />
        <SelectField {...field("person")}>
          <option value="">{words("any")}</option>
          {[...names].map(([person, name]) => (
            <option key={person} value={person}>
              {name}
            </option>
          ))}
        </SelectField>
        {of === "records" ? (
          <SelectField {...field("kind")}>
            <option value="">{words("any")}</option>
            <option value="production">{words("production")}</option>
            <option value="rehearsal">{words("rehearsal")}</option>
          </SelectField>
        ) : (
          <SelectField {...field("kind")}>
            <option value="">{words("any")}</option>
            {unknown === undefined ? null : <option value={unknown}>{unknown}</option>}
            {(["entry", "event"] as const).map((of) => (
              <optgroup key={of} label={words(`kindsOf.${of}`)}>
                {choices[of].map(({ kind, said }) => (
                  <option key={kind} value={kind}>
                    {said} · {kind}
                  </option>
                ))}
              </optgroup>
            ))}
          </SelectField>
        )}
        <TextField {...field("key")} hint={words("keyHint")} spellCheck={false} />
        <TextField {...field("script")} hint={words("scriptHint")} spellCheck={false} />
        <SelectField {...field("verdict")}>
          <option value="">{words("any")}</option>
          <option value="completed">{words("completed")}</option>
          <option value="aborted">{words("aborted")}</option>
        </SelectField>
        <TextField {...field("ceremony")} hint={words("ceremonyHint")} spellCheck={false} />
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit">{words("find")}</Button>
        <Button asChild look="quiet">
          <Link href={action}>{words("clear")}</Link>
        </Button>
      </div>
    </form>
  );
}
