"use client";

import { Paperclip, X } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "#components/button";
import { byteSize } from "#components/byte-size";
import { useLanguage, useWords } from "#components/words";
import { hashedOf, MOST_UPLOADED, type ChosenFile, type Files } from "./use-files";

type ChooserProps = { files: Files; label: string; choose: string; photo?: boolean };

/** Chooses files and shows how far their hashes are. */
export function FileChooser({ files, label, choose, photo = false }: ChooserProps) {
  const words = useWords("evidence");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="w-full min-w-0 space-y-1">
      <span id={`${id}-label`} className="block text-sm font-semibold">
        {label}
      </span>
      <Button type="button" aria-describedby={`${id}-label ${id}-hint`} onClick={() => field.current?.click()}>
        <Paperclip aria-hidden="true" />
        {choose}
      </Button>
      <input
        ref={field}
        hidden
        type="file"
        multiple={!photo}
        aria-labelledby={`${id}-label`}
        {...(photo ? { accept: "image/*" } : {})}
        onChange={(event) => {
          files.choose([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <p id={`${id}-hint`} className="text-sm text-quiet">
        {words("hint")}
      </p>
      <ul className="space-y-2">
        {files.chosen.map((one) => (
          <li key={one.key} className="border-l-2 border-rule pl-3">
            <Chosen one={one} files={files} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const LINK = "min-h-11 cursor-pointer px-2 text-sm underline decoration-edge underline-offset-4 hover:decoration-ink";

function Chosen({ one, files }: { one: ChosenFile; files: Files }) {
  const words = useWords("evidence");
  const language = useLanguage();
  const { key, file, state, done } = one;
  const { name } = file;
  const hashed = hashedOf(one);
  if (state === "hashing") {
    const percent = Math.floor((done / file.size) * 100);
    const said = words("hashing", { name, done: byteSize(done, language), size: byteSize(file.size, language), percent });
    return (
      <div className="flex flex-wrap items-center gap-x-3">
        <div className="min-w-0 flex-1 basis-56 space-y-1">
          <p className="text-sm break-words tabular-nums">{said}</p>
          <progress className="h-2 w-full" max={file.size} value={done} aria-label={name} />
        </div>
        <button type="button" className={LINK} onClick={() => { files.cancel(key); }}>
          {words("cancel")}
        </button>
      </div>
    );
  }
  return (
    <div className="space-y-1" role="status">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 text-sm break-words">
          {hashed ? (
            <>
              <strong>{name}</strong>{" "}
              {words("hashed", { size: byteSize(hashed.size, language), mediaType: hashed.mediaType, start: hashed.sha256.slice(0, 8) })}
            </>
          ) : (
            words(state as "cancelled" | "unreadable" | "empty", { name })
          )}
        </p>
        <button type="button" className="grid size-11 shrink-0 cursor-pointer place-items-center hover:bg-sunken" aria-label={words("remove", { name })} onClick={() => { files.remove(key); }}>
          <X aria-hidden="true" className="size-4" />
        </button>
      </div>
      {state === "cancelled" || state === "unreadable" ? (
        <button type="button" className={LINK} onClick={() => { files.again(key); }}>
          {words("again")}
        </button>
      ) : null}
      {hashed && hashed.size > MOST_UPLOADED ? <p className="text-sm text-quiet">{words("tooLarge", { name })}</p> : null}
      {hashed && hashed.size <= MOST_UPLOADED ? (
        <label className="flex min-h-11 items-center gap-2 text-sm">
          <input type="checkbox" className="size-5 shrink-0" checked={one.upload} onChange={(event) => { files.wantUpload(key, event.target.checked); }} />
          {words("upload", { name })}
        </label>
      ) : null}
    </div>
  );
}
