import { expect, type TestInfo } from "@playwright/test";
import type { House } from "./house";
import type { Seat } from "./room";

type Accepted = { readonly file: string; readonly checks: readonly Check[] };
type Check = { readonly name: string; readonly ok: boolean; readonly reason: string };

/**
 * Downloads the record of a ceremony as somebody in its room does, and has it judged by what the operator took from the worker's
 * console: every check holds. Answers where the record is, and the checks.
 */
export async function acceptedRecord({ page, ceremony }: Seat, house: House, info: TestInfo): Promise<Accepted> {
  const link = page.getByRole("link", { name: "Download the record" });
  await expect(link).toBeVisible({ timeout: 240_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const file = info.outputPath("record.pdf");
  await download.saveAs(file);
  const said = await house.claviger(["verify", file, "--trust", house.kept.trustAnchor, "--json"], house.appEnv());
  expect(said, said.output).toMatchObject({ code: 0 });
  const verification = JSON.parse(said.output) as { verdict: string; about: unknown; checks: readonly Check[] };
  expect(verification).toMatchObject({ verdict: "good", about: { ceremony, mode: "production" } });
  expect(verification.checks.filter(({ ok }) => !ok)).toEqual([]);
  await info.attach("record", { path: file, contentType: "application/pdf" });
  return { file, checks: verification.checks };
}
