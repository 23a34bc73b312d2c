import "server-only";
import { headers } from "next/headers";
import { connection } from "next/server";

/** The Cookie header of the request for which a page is being rendered. Keeps the page from being rendered ahead of one. */
export async function pageCookies(): Promise<string | null> {
  await connection();
  return (await headers()).get("cookie");
}
