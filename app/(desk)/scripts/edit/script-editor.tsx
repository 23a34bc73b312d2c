"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useId, useMemo, useRef, useState } from "react";
import { Button } from "#components/button";
import { SelectField } from "#components/field";
import { HashBlock } from "#components/hash-block";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";
import { Translations, textsIn } from "#components/translations";
import { useLanguage, useWords } from "#components/words";
import type { Script } from "#lib/ceremony/script";
import { translationsOf } from "#lib/ceremony/translated";
import { MOST_BYTES } from "#lib/script-source/yaml-source";
import { PROFILE_IDS, PROFILES, type ProfileId } from "#lib/token/profile";
import { ask, type Problem } from "../../../ask";
import { ProblemNotice } from "../../../problem-notice";
import { PaperScript } from "../paper-script";
import { TextChanges } from "../text-changes";
import {
  EDITION_TAKEN,
  examineText,
  isPublishable,
  nextEdition,
  withEdition,
  type Examined,
  type Published,
} from "./examine-text";
import { FindingsList } from "./findings-list";
import { useDraft } from "./use-draft";
import { YamlEditor, type YamlEditorHandle } from "./yaml-editor";

/** What one begins with. `before` is the edition that the text goes on from. */
export type Start = {
  readonly key: string;
  readonly title: string;
  readonly yaml: string;
  readonly before: { readonly edition: number; readonly hash: string; readonly yaml: string } | null;
};

/** The text, what is wrong with it, and beside it the script as people will see it. */
export function ScriptEditor({ start, published }: { start: Start; published: readonly Published[] }) {
  const draft = useDraft(start.key);
  const words = useWords("scripts");
  if (!draft.known) return <p className="text-quiet">{words("edit.opening")}</p>;
  return <Writing start={start} published={published} draft={draft} />;
}

type WritingProps = { start: Start; published: readonly Published[]; draft: ReturnType<typeof useDraft> };

function Writing({ start, published, draft }: WritingProps) {
  const router = useRouter();
  const words = useWords("scripts");
  const language = useLanguage();
  const id = useId();
  const editor = useRef<YamlEditorHandle>(null);
  const [text, setText] = useState(draft.found?.text ?? start.yaml);
  const [restored, setRestored] = useState(draft.found !== null && draft.found.text !== start.yaml ? draft.found.at : null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // Typing comes first: what is found and drawn may follow a moment later.
  const settled = useDeferredValue(text);
  const [profile, setProfile] = useState<ProfileId | null>(null);
  const examined = useMemo(() => examineText(settled, published, profile, language), [settled, published, profile, language]);
  const blocked = !isPublishable(examined) || settled !== text;

  const write = (next: string) => {
    setText(next);
    setProblem(null);
    draft.keep(next);
  };
  const startOver = () => {
    editor.current?.replace(start.yaml);
    draft.forget();
    setRestored(null);
  };
  const publish = async () => {
    if (busy || blocked) return;
    setBusy(true);
    const answer = await ask<{ hash: string }>("/api/scripts", { yaml: text });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    draft.forget();
    router.push(`/scripts/${answer.value.hash}`);
  };
  const taken = examined.findings.some(({ code }) => code === EDITION_TAKEN) ? examined.script : null;
  return (
    <div className="relative left-1/2 grid w-[min(100vw-2*var(--frame)-2rem,108rem)] -translate-x-1/2 gap-8 xl:grid-cols-2">
      <div className="min-w-0">
        {restored ? (
          <Notice look="plain" title={words("edit.back")} className="mb-4">
            <p>
              {words.rich("edit.lastChanged", { at: () => <DayAndTime at={restored} /> })}{" "}
              <Button look="quiet" size="small" onClick={startOver}>
                {words("edit.startOver")}
              </Button>
            </p>
          </Notice>
        ) : null}
        <YamlEditor ref={editor} initial={text} findings={examined.findings} describedBy={`${id}-keys`} onText={write} />
        <FindingsList findings={examined.findings} onGoTo={({ line, column }) => editor.current?.goTo(line, column)} />
        <p id={`${id}-keys`} className="mt-2 text-sm text-quiet">
          {words.rich("edit.keys", { k: (key) => <kbd className="measured">{key}</kbd> })}
        </p>
        <SelectField
          label={words("edit.judgeBy")}
          className="mt-4 max-w-sm"
          value={profile ?? ""}
          onChange={(event) => {
            setProfile(PROFILE_IDS.find((one) => one === event.target.value) ?? null);
          }}
        >
          <option value="">
            {examined.script?.profile
              ? words("edit.judgeByNamed", { profile: examined.script.profile })
              : words("edit.judgeByNone")}
          </option>
          {PROFILE_IDS.map((one) => (
            <option key={one} value={one}>
              {PROFILES[one].title}
            </option>
          ))}
        </SelectField>
        <ProblemNotice problem={problem} className="mt-4" />
        <div className="mt-4 flex flex-wrap items-center gap-4">
          <Button look="turn" aria-disabled={busy || blocked} onClick={() => void publish()}>
            {words(busy ? "edit.publishing" : "edit.publish")}
          </Button>
          {taken ? (
            <Button onClick={() => editor.current?.replace(withEdition(text, nextEdition(taken.script, published)))}>
              {words("edit.makeEdition", { edition: nextEdition(taken.script, published) })}
            </Button>
          ) : null}
          <span className="text-sm text-quiet">
            {words(blocked ? "edit.unsound" : "edit.kept")}
          </span>
        </div>
      </div>
      <Preview examined={examined} text={settled} before={start.before} />
    </div>
  );
}

const TABS = ["asSeen", "whatChanges"] as const;

function Preview({ examined, text, before }: { examined: Examined; text: string; before: Start["before"] }) {
  const words = useWords("scripts");
  const language = useLanguage();
  const [tab, setTab] = useState<(typeof TABS)[number]>("asSeen");
  const last = useLast(examined.script);
  const shown = examined.script ?? last;
  return (
    <section
      aria-label={words("edit.preview")}
      className="min-w-0 xl:sticky xl:top-4 xl:max-h-[calc(100dvh-2rem)] xl:overflow-y-auto xl:pr-2"
      tabIndex={0}
    >
      {before ? (
        <div role="group" aria-label={words("edit.shownHere")} className="mb-4 flex gap-2">
          {TABS.map((name) => (
            <Button
              key={name}
              size="small"
              aria-pressed={tab === name}
              className={tab === name ? "border-ink bg-sunken" : ""}
              onClick={() => {
                setTab(name);
              }}
            >
              {words(`edit.${name}`, { edition: before.edition })}
            </Button>
          ))}
        </div>
      ) : null}
      {before && tab === "whatChanges" && text.length <= MOST_BYTES ? (
        <TextChanges before={before.yaml} after={text} empty={words("edit.noChange")} language={language} />
      ) : shown ? (
        <>
          {examined.script ? null : (
            <Notice look="wait" title={words("edit.unreadable")} className="mb-4">
              <p>{words("edit.unreadableShown")}</p>
            </Notice>
          )}
          <p className="spoken text-2xl font-semibold">{shown.title}</p>
          <Translations of={textsIn(translationsOf(shown.in), "title")} className="spoken text-xl" />
          <div className="mb-4">
            <p className="spoken">{shown.purpose}</p>
            <Translations of={textsIn(translationsOf(shown.in), "purpose")} className="spoken" />
          </div>
          <PaperScript script={shown} language={language} />
          {examined.hash ? (
            <div className="mt-6 border-t-2 border-ink pt-4">
              <HashBlock of={words("edit.hashOf")} hex={examined.hash} />
            </div>
          ) : null}
        </>
      ) : (
        <p className="text-quiet">{words("edit.nothingToSee")}</p>
      )}
    </section>
  );
}

/** The newest script there was, for while the text cannot be read. */
function useLast(script: Script | null): Script | null {
  const [last, setLast] = useState(script);
  if (script !== null && script !== last) setLast(script);
  return last;
}
