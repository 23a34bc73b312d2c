"use client";

import { X } from "lucide-react";
import { createContext, useContext, useEffect, useId, useRef, type ReactNode } from "react";
import { classNames } from "./class-names";
import { useWords } from "./words";

/** What every sheet carries that opens inside: it silences the page under it, so what is said aloud has to be said here. */
export const InSheet = createContext<ReactNode>(null);

/** What is marked `data-first` inside gets the focus when the sheet opens; else the way out does. */
type SheetProps = { title: string; open: boolean; onClose: () => void; children: ReactNode; wide?: boolean };

/**
 * A sheet of paper laid over the page: from below on a phone, in the middle on a desk. The browser's own modal dialog keeps
 * the focus and needs no style elements, which the content security policy would refuse.
 */
export function Sheet({ title, open, onClose, children, wide = false }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const words = useWords("parts");
  const carried = useContext(InSheet);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (!open) {
      element.close();
      return;
    }
    element.showModal();
    element.querySelector<HTMLElement>("[data-first]")?.focus();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={classNames(
        "fixed inset-x-0 bottom-0 m-0 mt-auto max-h-[92dvh] w-full max-w-none overflow-y-auto overscroll-contain scroll-pt-20 scroll-pb-56 border-t-2 border-ink bg-sheet p-0 text-ink shadow-2xl md:inset-0 md:m-auto md:max-h-[90dvh] md:rounded-[4px] md:border",
        wide ? "md:max-w-4xl" : "md:max-w-2xl",
      )}
    >
      {open ? (
        <>
          <div className="sticky top-0 z-10 flex items-center justify-between gap-4 border-b border-rule bg-sheet px-5 py-3 md:px-8">
            <h2 id={id} className="text-lg font-semibold">
              {title}
            </h2>
            <button
              type="button"
              onClick={onClose}
              className="-mr-2 grid size-11 shrink-0 cursor-pointer place-items-center rounded-[3px] hover:bg-sunken"
            >
              <X aria-hidden="true" className="size-5" />
              <span className="sr-only">{words("close")}</span>
            </button>
          </div>
          <div className="px-5 py-5 md:px-8 md:py-6">{children}</div>
          {carried}
        </>
      ) : null}
    </dialog>
  );
}
