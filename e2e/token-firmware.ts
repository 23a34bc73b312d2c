import type { House } from "./house";

/** As the worker says it and the page HSM shows it. */
export async function tokenFirmware(house: House): Promise<string> {
  const [said] = await house.query<{ firmware: string }>(
    `SELECT facts ->> 'firmware' AS firmware FROM "WorkerHealth" WHERE "tokenSerial" = $1`,
    [house.kept.serial],
  );
  return said?.firmware ?? "";
}
