import { expect, it } from "vitest";
import { done, MemoryRoom, someone } from "./memory-room.under-test";
import { writePage, type NotebookPage, type NotebookStore } from "./notebook";

/** A notebook in memory, in which no number is given twice. */
function shelf(): NotebookStore & { readonly pages: NotebookPage[] } {
  const pages: NotebookPage[] = [];
  return {
    pages,
    pagesOf: () => Promise.resolve([...pages]),
    keep: (_ceremony, _person, page) => {
      if (pages.some((one) => one.page === page.page)) return Promise.resolve("conflict");
      pages.push(page);
      return Promise.resolve("kept");
    },
  };
}

it("writes a page once, however often it is sent because its answer was lost, and twice what is said twice", async () => {
  const { room } = await MemoryRoom.begun();
  const store = shelf();
  const write = async (form: { text: string; after?: number }) => done(await writePage(room, store, someone("will"), "c-1", form)).page;
  expect(await Promise.all([1, 2, 3].map(() => write({ text: "A door. ", after: 0 })))).toEqual([1, 1, 1]);
  expect(await write({ text: "A door.", after: 0 })).toBe(1);
  expect(await write({ text: "A door.", after: 1 })).toBe(2);
  expect(await write({ text: "A door." })).toBe(3);
  expect(store.pages.map(({ text }) => text)).toEqual(["A door.", "A door.", "A door."]);
});
