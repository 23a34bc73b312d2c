"use client";

import { useCallback, useEffect, useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { NotebookPage, NotebookView } from "#lib/conduct/notebook";
import type { RoomView } from "#lib/conduct/room";
import { samePage, type SentPage } from "#lib/conduct/same-page";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { forget, useDraft, useDraftOf, useTyped } from "./use-draft";
import type { Send } from "./use-room";
import { WordSigning } from "./word-signing";

/** A witness's own notebook: pages that nobody else is shown, until they release them all. */
export function NotebookForm({ view, send, onClose }: { view: RoomView; send: Send; onClose: () => void }) {
  const words = useWords("sheets");
  const path = `/api/ceremonies/${view.id}/notebook`;
  const [book, setBook] = useState<NotebookView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [releasing, setReleasing] = useState<readonly NotebookPage[] | null>(null);

  const look = useCallback(
    () =>
      ask<NotebookView>(path).then((answer) => {
        if (answer.ok) setBook(answer.value);
        setProblem(answer.ok ? null : answer.problem);
        return answer.ok ? answer.value.pages : null;
      }),
    [path],
  );
  useEffect(() => {
    void look();
  }, [look]);

  if (releasing) {
    return (
      <WordSigning
        view={view}
        send={send}
        path={`${path}/release`}
        intended={{ act: "release-notebook", step: "", verdict: null, remark: "", pages: releasing }}
        still={view.phase !== "closed" && view.phase !== "aborted"}
        sign={words("releaseSign")}
        signed={words("signedNotebook")}
        onClose={onClose}
      >
        <p>{words("releaseAbout")}</p>
        <Pages pages={releasing} released={0} />
      </WordSigning>
    );
  }
  const unreleased = book?.pages.slice(book.released) ?? [];
  const over = view.phase === "closed" || view.phase === "aborted";
  return (
    <div className="space-y-5">
      <p>{words("notebookAbout")}</p>
      <ProblemNotice problem={problem} />
      {book === null && !problem ? <p aria-live="polite">{words("notebookLoading")}</p> : null}
      {book?.pages.length === 0 ? <p className="text-quiet">{words("notebookEmpty")}</p> : null}
      {book ? <Pages pages={book.pages} released={book.released} /> : null}
      {over ? null : <NewPage path={path} pages={book?.pages ?? null} look={look} />}
      {unreleased.length > 0 && !over ? (
        <Button
          onClick={() => {
            setReleasing(unreleased);
          }}
        >
          {words("release", { count: unreleased.length })}
        </Button>
      ) : null}
    </div>
  );
}

type NewPageProps = {
  path: string;
  /** Those that are there, null before they are known. */
  pages: readonly NotebookPage[] | null;
  look: () => Promise<readonly NotebookPage[] | null>;
};

function NewPage({ path, pages, look }: NewPageProps) {
  const words = useWords("sheets");
  const [text, setText] = useDraft("notebook/page", "");
  // Kept before it leaves: a page whose answer was lost, by a reload too, is sent again as the same one, or found.
  const [sent, setSent] = useDraftOf<SentPage | null>("notebook/sent", null);
  const typedInto = useTyped();
  const [writing, setWriting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (!writing && pages && sent?.text === text && samePage(pages, sent)) forget(typedInto("notebook"));
  }, [writing, pages, sent, text, typedInto]);
  const write = async () => {
    if (writing) return;
    setWriting(true);
    setProblem(null);
    const known = pages ?? (await look());
    if (known) await put(sent?.text === text ? sent : { text, after: known.length });
    setWriting(false);
  };
  const put = async (page: SentPage) => {
    setSent(page);
    const typed = typedInto("notebook");
    const answer = await ask<NotebookPage>(path, page);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    forget(typed);
    await look();
  };
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <TextArea
        label={words("pageText")}
        data-first
        required
        maxLength={1000}
        rows={4}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <ProblemNotice problem={problem} />
      <Button look="turn" type="submit" aria-disabled={writing}>
        {writing ? words("writing") : words("pageWrite")}
      </Button>
    </form>
  );
}

function Pages({ pages, released }: { pages: readonly NotebookPage[]; released: number }) {
  const words = useWords("sheets");
  return (
    <ol className="space-y-3">
      {pages.map(({ page, at, text }) => (
        <li key={page} className="border-l-2 border-rule pl-3">
          <p className="text-sm text-quiet">
            {words("pageNumber", { page })}, <ClockTime at={at} />
            {page <= released ? ` · ${words("pageReleased")}` : null}
          </p>
          <p className="whitespace-pre-wrap">{text}</p>
        </li>
      ))}
    </ol>
  );
}
