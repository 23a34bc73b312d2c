"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { stepNumbered } from "./step-find";
import { useDraft } from "./use-draft";
import type { Send } from "./use-room";
import { WordSigning } from "./word-signing";

/** A witness's signed word about a step that is done, with a remark if they want to make one. */
export function AttestForm({ step, view, send, onClose }: { step: string; view: RoomView; send: Send; onClose: () => void }) {
  const words = useWords("sheets");
  const form = `attest-${step}`;
  const [remark, setRemark] = useDraft(`${form}/remark`, "");
  const [decided, setDecided] = useState<string | null>(null);
  const number = stepNumbered(view, step)?.number ?? 0;

  if (decided !== null) {
    const query = new URLSearchParams({ act: "attest", step, ...(decided === "" ? {} : { remark: decided }) });
    return (
      <WordSigning
        view={view}
        send={send}
        path={`/api/ceremonies/${view.id}/statement?${query.toString()}`}
        intended={{ act: "attest", step, verdict: null, remark: decided }}
        still={view.mine.some((mine) => mine.act === "attest" && mine.step === step)}
        sign={words("attestSign")}
        signed={words("signedAttest")}
        form={form}
        onClose={onClose}
      />
    );
  }
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        setDecided(remark.trim().normalize("NFC"));
      }}
    >
      <p>{words("attestAbout", { number })}</p>
      <TextArea
        label={words("attestRemark")}
        maxLength={1000}
        value={remark}
        onChange={(event) => {
          setRemark(event.target.value);
        }}
      />
      <Button look="turn" size="large" type="submit" data-first>
        {words("show")}
      </Button>
    </form>
  );
}
