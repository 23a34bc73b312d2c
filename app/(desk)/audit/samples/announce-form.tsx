"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { FactList } from "#components/fact-list";
import { TextField } from "#components/field";
import { useAllWords, useWords } from "#components/words";
import type { DeskFilter, DeskList } from "#lib/conduct/desk-filter";
import { filterInWords } from "#lib/conduct/filter-words";
import { wordsCommitment } from "#lib/log/sample";
import { ProblemNotice } from "../../../problem-notice";
import { useActing } from "../use-acting";
import { keepWords, withChance } from "./kept-words";

/** From what, how many, and the words that are committed to: they leave this browser only when they are shown. */
export function AnnounceForm({ of, filter }: { of: DeskList; filter: DeskFilter }) {
  const words = useWords("audit");
  const router = useRouter();
  const { busy, problem, act } = useActing();
  const [size, setSize] = useState("5");
  const [own, setOwn] = useState("");
  const announce = async () => {
    const said = withChance(own);
    const form = { of, filter, size: Number(size), words: wordsCommitment(said) };
    const announced = await act<{ matter: string }>("/api/audit/samples", form);
    if (!announced) return;
    keepWords(announced.matter, said);
    router.push(`/audit/${announced.matter.replace(/^sample/, "samples")}`);
  };
  const asked = filterInWords(filter, useAllWords());
  return (
    <form
      className="max-w-2xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void announce();
      }}
    >
      <FactList
        facts={[
          { name: words("sampleOf"), value: words(of), measured: false },
          { name: words("sampleFilter"), value: asked ?? words("sampleAll"), measured: false },
        ]}
      />
      <TextField
        label={words("sampleSize")}
        type="number"
        min={1}
        max={10_000}
        required
        value={size}
        onChange={(event) => {
          setSize(event.target.value);
        }}
      />
      <TextField
        label={words("sampleWords")}
        hint={words("sampleWordsHint")}
        maxLength={150}
        required
        value={own}
        onChange={(event) => {
          setOwn(event.target.value);
        }}
      />
      <Button look="turn" type="submit" aria-disabled={busy}>
        {words("sampleAnnounce")}
      </Button>
      <ProblemNotice problem={problem} />
    </form>
  );
}
