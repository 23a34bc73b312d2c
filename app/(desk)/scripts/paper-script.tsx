import { book } from "#lib/operations/book";
import type { Language } from "#lib/words/language";
import { quorumIn } from "#lib/words/quorum-in";
import { translatedSentence } from "#lib/conduct/translated-sentence";
import { wordsIn } from "#lib/words/words";
import { stepTranslations, translationsOf } from "#lib/ceremony/translated";
import { OperationTranslation } from "#components/operation-translation";
import { Translations, textsIn } from "#components/translations";
import { operationsOf, quorumRuleOf, stepsOf, type Script, type Step } from "#lib/ceremony/script";

/** The script as it is printed and signed by hand: step, text, initials, time. */
export function PaperScript({ script, language }: { script: Script; language: Language }) {
  const words = wordsIn(language).of("scripts");
  const linesIn = (what: "prerequisites" | "equipment") =>
    translationsOf(script.in).map((one) => ({ language: one.language, lines: one[what] }));
  const numbers = new Map(stepsOf(script).map((step, i) => [step.step, i + 1]));
  return (
    <div className="space-y-8">
      <Lines title={words("paper.before")} lines={script.prerequisites} translations={linesIn("prerequisites")} />
      <Lines title={words("paper.equipment")} lines={script.equipment} translations={linesIn("equipment")} />
      {script.acts.map(({ act, title, in: others, steps }, i) => (
        <section key={act}>
          <h2 className="border-b border-ink pb-1 text-sm font-semibold">
            <span className="text-quiet">{words("paper.act", { n: i + 1 })}</span> {title}
          </h2>
          <Translations of={textsIn(translationsOf(others), "title")} className="text-sm" />
          <ol>
            {steps.map((step) => (
              <PaperStep key={step.step} script={script} step={step} number={numbers.get(step.step) ?? 0} language={language} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** As it stands in the print: what is approved is said in one language. */
const PRINTED = { serial: "(its serial number)" };

type StepProps = { script: Script; step: Step; number: number; language: Language };

function PaperStep({ script, step, number, language }: StepProps) {
  const words = wordsIn(language).of("scripts");
  const roles = wordsIn(language).of("roles");
  const operations = operationsOf(step);
  const translations = stepTranslations(step);
  const reads = operations.every((request) => book.find(request.operation)?.effect === "reads");
  return (
    <li
      id={`step-${step.step}`}
      className="print-whole grid scroll-mt-24 grid-cols-[2rem_1fr_5.5rem] gap-x-3 border-b border-rule py-3"
    >
      <span className="clock text-quiet">{number}</span>
      <div className="min-w-0 space-y-1.5">
        <h3 className="font-semibold">{step.title}</h3>
        <Translations of={textsIn(translations, "title")} className="text-sm" />
        <p className="spoken">{step.say}</p>
        <Translations of={textsIn(translations, "say")} className="spoken text-sm" />
        <Translations of={textsIn(translations, "asked")} className="text-sm" />
        {operations.map((request, i) => (
          <div key={i} className="border-l-2 border-ink pl-3">
            <p lang="en" className="spoken">
              {book.find(request.operation)?.sentence(request, PRINTED) ?? request.operation}
            </p>
            <OperationTranslation
              text={translatedSentence(book.find(request.operation), request, { serial: words("paper.serial") }, language)}
            />
          </div>
        ))}
        <p className="text-sm text-quiet">
          {operations.length > 0
            ? reads
              ? words("paper.reads")
              : words("paper.needs", { quorum: quorumIn(wordsIn(language), quorumRuleOf(script, step)) })
            : null}
          {"by" in step ? words("paper.by", { roles: step.by.map((role) => roles(role)).join(", ") }) : null}
          {step.minutes === undefined ? null : ` ${words("paper.planned", { minutes: step.minutes })}`}
        </p>
      </div>
      <span className="space-y-3 text-xs text-quiet" aria-hidden="true">
        <span className="block border-b border-edge pb-4">{words("paper.initials")}</span>
        <span className="block border-b border-edge pb-4">{words("paper.time")}</span>
      </span>
    </li>
  );
}

type LinesProps = {
  title: string;
  lines: readonly string[];
  translations: readonly { readonly language: string; readonly lines: readonly string[] }[];
};

function Lines({ title, lines, translations }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 border-b border-ink pb-1 text-sm font-semibold">{title}</h2>
      <ul className="space-y-1">
        {lines.map((line, i) => (
          <li key={line} className="flex gap-2.5">
            <span aria-hidden="true" className="mt-1.5 size-3 shrink-0 border border-edge" />
            <div>
              <p>{line}</p>
              <Translations
                of={translations.map(({ language, lines: said }) => ({ language, text: said[i] ?? "" }))}
                className="text-sm"
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
