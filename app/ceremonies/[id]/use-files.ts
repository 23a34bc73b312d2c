"use client";

import { useEffect, useRef, useState } from "react";
import { ask } from "../../ask";
import { hashFile, type HashedFile } from "./hash-file";

/** One chosen file: being hashed, hashed, or come to nothing. */
export type ChosenFile = {
  readonly key: number;
  readonly file: File;
  readonly done: number;
  readonly state: "hashing" | "cancelled" | "unreadable" | "empty" | HashedFile;
  /** Whether a copy goes to the server with it; asked for, never assumed. */
  readonly upload: boolean;
};

export const hashedOf = ({ state }: ChosenFile): HashedFile | null => (typeof state === "string" ? null : state);

/** As much as the server takes in: a photograph of a phone, with room to spare. */
export const MOST_UPLOADED = 20 * 1024 * 1024;

export type Files = {
  readonly chosen: readonly ChosenFile[];
  readonly hashing: boolean;
  readonly hashed: readonly HashedFile[];
  choose: (files: readonly File[]) => void;
  cancel: (key: number) => void;
  again: (key: number) => void;
  remove: (key: number) => void;
  wantUpload: (key: number, upload: boolean) => void;
  /** Hands in what is wanted here; answers what went wrong first, or null. */
  handIn: (path: string, uploading: (name: string | null) => void) => Promise<Problem | null>;
};
type Problem = Extract<Awaited<ReturnType<typeof ask>>, { ok: false }>["problem"];

/** Files somebody chose, hashed one after the other in this browser. Nothing goes on once the form is gone. */
export function useFiles(most: number): Files {
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([]);
  const running = useRef(new Map<number, AbortController>());
  const next = useRef(0);
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const one of all.values()) one.abort();
    };
  }, []);

  const change = (key: number, what: Partial<ChosenFile>) => {
    setChosen((before) => before.map((one) => (one.key === key ? { ...one, ...what } : one)));
  };
  const start = async (key: number, file: File) => {
    const control = new AbortController();
    running.current.set(key, control);
    change(key, { state: "hashing", done: 0 });
    const progress = (done: number) => {
      if (!control.signal.aborted) change(key, { done });
    };
    const state = await hashFile(file, progress, control.signal).catch(() => "unreadable" as const);
    running.current.delete(key);
    change(key, { state: state ?? "cancelled" });
  };
  const choose = (files: readonly File[]) => {
    const fresh = files.map((file) => ({ key: next.current++, file }));
    const added = fresh.map(({ key, file }): ChosenFile => ({ key, file, done: 0, state: file.size === 0 ? "empty" : "hashing", upload: false }));
    setChosen((before) => [...before, ...added].slice(-most));
    for (const { key, file } of fresh) if (file.size > 0) void start(key, file);
  };
  const cancel = (key: number) => {
    running.current.get(key)?.abort();
  };
  const handIn: Files["handIn"] = async (path, uploading) => {
    for (const one of chosen) {
      const hashed = hashedOf(one);
      if (!one.upload || !hashed) continue;
      uploading(hashed.name);
      const taken = await ask<{ sha256: string }>(path, one.file);
      uploading(null);
      if (!taken.ok) return taken.problem;
    }
    return null;
  };
  return {
    chosen,
    hashing: chosen.some(({ state }) => state === "hashing"),
    hashed: chosen.flatMap((one) => hashedOf(one) ?? []),
    choose,
    cancel,
    again: (key) => {
      const one = chosen.find((other) => other.key === key);
      if (one) void start(key, one.file);
    },
    remove: (key) => {
      cancel(key);
      setChosen((before) => before.filter((one) => one.key !== key));
    },
    wantUpload: (key, upload) => {
      change(key, { upload });
    },
    handIn,
  };
}
