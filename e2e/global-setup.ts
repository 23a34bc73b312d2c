import { House } from "./house";

/** Opens the house that all tests share; what it returns closes it again. */
export default async function openHouse(): Promise<() => Promise<void>> {
  if (process.env["TEST_DATABASE_SUPERUSER_URL"] === undefined)
    throw new Error("The end-to-end tests stand on test grounds: run npm run e2e.");
  const house = await House.open();
  return () => house.end();
}
