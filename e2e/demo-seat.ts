import { expect, type Page } from "@playwright/test";

/** The longest that the others and the worker may keep a person waiting; RSA-4096 may take a minute on a slow machine. */
const LONGEST_WAIT = 240_000;

/**
 * Somebody of the demo who does whatever the room asks of them, by nothing but clicks and typing, until the record can be
 * downloaded. Answers how often they were asked.
 */
export async function playByClicks(page: Page): Promise<number> {
  const over = page.getByRole("link", { name: "Download the record" });
  const primary = page.locator("[data-primary]");
  for (let asked = 0; ; asked += 1) {
    await expect(over.or(primary).first()).toBeVisible({ timeout: LONGEST_WAIT });
    if (await over.isVisible()) return asked;
    const before = await standing(page);
    await doWhatIsAsked(page, before.split(" | ")[1] ?? "");
    await expect.poll(() => standing(page), { timeout: LONGEST_WAIT, intervals: [50] }).not.toBe(before);
  }
}

/** Where the room is, and what is asked of this person: the step, the button, and how many people are left to be checked. */
const standing = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const words = (place: string) => document.querySelector(place)?.textContent ?? "";
    return [words("article[aria-current=step] h3"), words("[data-primary]"), document.querySelectorAll("footer option").length].join(" | ");
  });

async function doWhatIsAsked(page: Page, button: string): Promise<void> {
  const turn = page.getByRole("region", { name: "Your turn" });
  const press = () => turn.getByRole("button", { name: button }).click();
  switch (button) {
    case "Open the step":
    case "I have heard it":
    case "End the pause":
      return press();
    case "Identity checked":
      await turn.getByLabel("Kind of document").fill("Passport");
      return press();
    case "Enter the value":
      // The plate on the HSM that the demo puts in front of whoever reads it.
      await expect(page.locator("output")).toBeVisible();
      await turn.getByRole("textbox").fill(await page.locator("output").innerText());
      return press();
    case "Note the evidence":
      await turn.getByLabel("What", { exact: true }).fill("vault-2-camera-1.mkv");
      await turn.getByLabel("Kept where").fill("Evidence archive");
      return press();
    case "Read and approve …":
      await press();
      return sign(page, "Approve with my passkey");
    case "Read and sign …":
      await press();
      await page.getByRole("button", { name: "Show what I would sign" }).click();
      return sign(page, "Sign with my passkey");
    default:
      // Sent and not yet answered, or somebody else has done it in this moment.
      expect(["Writing it down …", ""]).toContain(button);
  }
}

async function sign(page: Page, button: string): Promise<void> {
  await page.getByRole("checkbox", { name: /compared the words|read it, and it is what I decided/ }).check();
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("button", { name: "Use the passkey" }).click();
  await page.getByRole("button", { name: "Back to the room" }).click();
}
