import type { Script } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Path, Report } from "./world";

/** What a part of the script says to people, and what it says in other languages. */
type Part = { readonly path: Path; readonly own: Texts; readonly others: { readonly [language: string]: Texts } };
type Texts = { readonly [member: string]: string | readonly string[] | undefined };

/** The two-letter codes of ISO 639-1. */
const LANGUAGES = new Set(
  (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu " +
    "fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn " +
    "ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os " +
    "pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw " +
    "ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
  ).split(" "),
);

/** A second language is there from the first line to the last, is a language, and says something of its own. */
export function lintLanguages(script: Script, report: Report): void {
  const parts = partsOf(script);
  const languages = [...new Set(parts.flatMap(({ others }) => Object.keys(others)))];
  for (const language of languages) {
    const known = LANGUAGES.has(language.split("-")[0] ?? "");
    const [first] = parts.filter(({ others }) => language in others);
    if (!known && first) report("TRANSLATION-LANGUAGE", [...first.path, "in", language], told`There is no language called ${language}.`);
    for (const part of parts) lintPart(part, language, report);
  }
}

function lintPart({ path, own, others }: Part, language: string, report: Report): void {
  const said = others[language];
  if (!said) {
    report("TRANSLATION-MISSING", path, told`This is not there in ${language}, which the script speaks elsewhere.`);
    return;
  }
  const at = [...path, "in", language];
  for (const [member, text] of Object.entries(own)) {
    const [first, second] = [linesOf(text), linesOf(said[member])];
    if (first.length !== second.length) {
      report("TRANSLATION-MISSING", at, told`${member} has ${first.length} and in ${language} ${second.length}.`);
    } else if (first.some((line, i) => isSentence(line) && line === second[i])) {
      report("TRANSLATION-SAME", [...at, member], told`${member} is in ${language} word for word the same.`);
    }
  }
}

/** A name may be the same in two languages. */
const isSentence = (text: string): boolean => text.trim().split(/\s+/).length > 2;

const linesOf = (text: Texts[string]): readonly string[] => (text === undefined ? [] : typeof text === "string" ? [text] : text);

/** Everything in a script that people read, with what it says in other languages. */
function partsOf(script: Script): Part[] {
  const { title, purpose, prerequisites, equipment, afterwards, posts = [], tokens = [], acts } = script;
  const part = (path: Path, own: Texts, others: Part["others"] = {}): Part => ({ path, own, others });
  return [
    part([], { title, purpose, prerequisites, equipment, afterwards }, script.in),
    ...posts.map((post, i) => part(["posts", i], { title: post.title, duty: post.duty }, post.in)),
    ...tokens.map((token, i) => part(["tokens", i], { title: token.title }, token.in)),
    ...acts.flatMap((act, a) => [
      part(["acts", a], { title: act.title }, act.in),
      ...act.steps.map((step, s) => {
        const asked: Texts = step.kind === "check" ? { value: step.value } : step.kind === "evidence" ? { what: step.what } : {};
        return part(["acts", a, "steps", s], { title: step.title, say: step.say, ...asked }, step.in);
      }),
    ]),
  ];
}
