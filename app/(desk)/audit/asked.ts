import { filterFrom, filterQuery, type DeskFilter } from "#lib/conduct/desk-filter";
import { pageAsked } from "../../api/audit/page-asked";

export type SearchParams = Promise<{ readonly [name: string]: string | string[] | undefined }>;

/** What the address of a page asks for. */
export async function asked(searchParams: SearchParams): Promise<{ readonly filter: DeskFilter; readonly page: number }> {
  const said = await searchParams;
  const { page } = said;
  return { filter: filterFrom(said), page: pageAsked(typeof page === "string" ? page : null) };
}

/** The address of another page of the same search. */
export const addressOf =
  (place: string, filter: DeskFilter) =>
  (page: number): string => {
    const query = [filterQuery(filter), page > 1 ? `page=${String(page)}` : ""].filter((part) => part !== "").join("&");
    return query === "" ? place : `${place}?${query}`;
  };
