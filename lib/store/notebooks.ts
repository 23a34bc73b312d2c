import type { Database } from "./database";
import { isTaken } from "./store-fault";

export type StoredPage = { readonly page: number; readonly at: string; readonly text: string };

/** The pages that this person wrote in this ceremony, in order. */
export async function readPages(db: Database, ceremony: string, person: string): Promise<StoredPage[]> {
  const rows = await db.notebookPage.findMany({
    where: { ceremony, person },
    orderBy: { page: "asc" },
    select: { page: true, at: true, text: true },
  });
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Keeps a page. "conflict" when there is one of that number. */
export async function keepPage(db: Database, ceremony: string, person: string, page: StoredPage): Promise<"kept" | "conflict"> {
  try {
    await db.notebookPage.create({ data: { ceremony, person, ...page, at: new Date(page.at) }, select: { page: true } });
    return "kept";
  } catch (fault) {
    if (isTaken(fault)) return "conflict";
    throw fault;
  }
}

/** How many pages are kept of all witnesses of a ceremony. */
export const countPages = (db: Database, ceremony: string): Promise<number> => db.notebookPage.count({ where: { ceremony } });
