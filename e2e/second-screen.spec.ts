import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from "@playwright/test";
import { chainCode } from "#lib/ceremony/chain-code";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { makeSecondScreen, SINGLE_FILE, writeSecondScreen } from "../cli/static-pages/second-screen.mjs";
import { axeOn } from "./axe";
import type { House } from "./house";
import { Seat } from "./room";
import { expect, openCeremony, test, type People } from "./test";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const wordsOf = (hash: string): string => hashWords(fromHex(hash)).join(" ");

/** A ceremony whose one key waits for its approvals, with one custodian reading what they would sign. */
async function atTheKey(people: People, edition: number, title: string): Promise<{ operator: Seat; custodian: Seat }> {
  const id = await openCeremony(people, "one-key", edition, title);
  const operator = await new Seat(await people.enter("operator"), id).enter();
  await operator.open("Signing key");
  const custodian = await new Seat(await people.enter("custodianOne"), id).enter();
  await custodian.turn.getByRole("button", { name: "Read and approve …" }).click();
  return { operator, custodian };
}

const wordsIn = async (place: Locator, items = place.getByRole("listitem")): Promise<string> =>
  (await items.allInnerTexts()).map((text) => text.replace(/^\d+\s*/, "").trim()).join(" ");

/** A picture of each of the codes that are shown in turn, as a camera would take them. */
async function picturesOf(page: Page, label: string): Promise<Buffer[]> {
  const figure = page.locator("figure[data-codes]").filter({ has: page.getByRole("img", { name: label }) });
  await expect(figure).not.toHaveAttribute("data-codes", "0");
  const count = Number(await figure.getAttribute("data-codes"));
  const pictures: Buffer[] = [];
  const shows = (part: number) =>
    figure.evaluate(
      (one, code) =>
        new Promise<void>((found) => {
          const look = () => (one.dataset["code"] === code ? found() : setTimeout(look, 10));
          look();
        }),
      String(part),
    );
  for (let part = 1; part <= count; part++) {
    let picture: Buffer;
    do {
      await shows(part);
      picture = await figure.getByRole("img").screenshot();
      // It may have turned to the next one meanwhile.
    } while ((await figure.getAttribute("data-code")) !== String(part));
    pictures.push(picture);
  }
  return pictures;
}

/** The second screen on a device of its own, installed; whatever it asks of a network afterwards is written down. */
async function installed(browser: Browser, house: House): Promise<{ context: BrowserContext; page: Page; asked: string[]; faults: string[] }> {
  const context = await browser.newContext({ baseURL: house.origin, viewport: { width: 390, height: 844 }, locale: "en-GB" });
  const page = await context.newPage();
  const [asked, faults]: [string[], string[]] = [[], []];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (fault) => faults.push(fault.message));
  await page.goto("/second-screen");
  await expect(page.getByText("Installed: everything comes from this device.")).toBeVisible();
  await context.setOffline(true);
  context.on("requestfinished", (request) => {
    void request.response().then((response) => {
      if (response && !response.fromServiceWorker()) asked.push(request.url());
    });
  });
  await page.reload();
  await expect(page.getByText("This device is not connected to any network.")).toBeVisible();
  return { context, page, asked, faults };
}

const open = (page: Page, pictures: readonly Buffer[]) =>
  page
    .getByLabel("Open pictures of the codes")
    .setInputFiles(pictures.map((buffer, i) => ({ name: `code-${String(i)}.png`, mimeType: "image/png", buffer })));

test("installed once and without any network, the second screen reads the wall and says the words that the signing device shows", async ({
  people,
  house,
  browser,
}, info) => {
  test.setTimeout(600_000);
  const { operator, custodian } = await atTheKey(people, 31, "Read by another device");
  const region = custodian.sheet.getByRole("region", { name: "Hash of what you sign" });
  await expect(region.getByRole("listitem")).toHaveCount(16);
  const seen = await wordsIn(region, region.getByRole("listitem").locator(".spoken"));

  await operator.page.setViewportSize({ width: 1920, height: 1080 });
  await operator.page.goto(`/ceremonies/${operator.ceremony}/display`);
  const pictures = await picturesOf(operator.page, "QR code of what is to be signed, for a second screen");
  await operator.page.screenshot({ path: info.outputPath("wall-1920.png") });

  const { context, page, asked, faults } = await installed(browser, house);
  await open(page, [...pictures].reverse());
  await expect(page.getByRole("heading", { name: "This is an approval. Whoever signs it agrees that the following is done." })).toBeFocused();
  await expect(page.locator("p.mode")).toHaveText("PRODUCTION");
  await expect(page.locator(".operations")).toContainText("EC-P256");
  await expect(page.getByText(house.kept.serial).first()).toBeVisible();
  const mine = page.getByRole("region", { name: custodian.person.name });
  expect(await wordsIn(mine)).toBe(seen);
  await mine.getByText("In hex, and the exact text").click();
  expect(wordsOf(sha256((await mine.locator("pre").textContent()) ?? ""))).toBe(seen);
  await page.screenshot({ path: info.outputPath("second-screen-390.png"), fullPage: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await axeOn(page).analyze()).violations.map(({ id }) => id)).toEqual([]);
  }

  // What was shown is what is signed.
  await custodian.compare();
  await custodian.signAs("Approve with my passkey", /^You approved\./);
  const [entry] = await house.query<{ text: string }>(
    `SELECT convert_from(bytes, 'UTF8') AS text FROM "Entry" WHERE ceremony = $1 AND kind = 'step-approved'`,
    [custodian.ceremony],
  );
  const { body } = JSON.parse(entry?.text ?? "{}") as { body: { assertion: { clientDataJSON: string } } };
  const { challenge } = JSON.parse(Buffer.from(body.assertion.clientDataJSON, "base64url").toString()) as { challenge: string };
  expect(wordsOf(Buffer.from(challenge, "base64url").toString("hex"))).toBe(seen);

  expect(asked, "nothing was asked of a network").toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test("the build that the page says of itself is the one that these sources make", async ({ house, browser }) => {
  const { hash, files } = await makeSecondScreen();
  const { context, page } = await installed(browser, house);
  expect(await wordsIn(page.getByRole("contentinfo"))).toBe(wordsOf(hash));
  await expect(page.getByText("Nobody has compared this build on this device yet.")).toBeVisible();
  await page.getByRole("button", { name: "I have compared the words of this build" }).click();
  await page.reload();
  await expect(page.getByText(/^Compared on /)).toBeVisible();
  await context.close();

  // What the server sends is what was made, with a policy that lets nothing in.
  for (const [name, text] of Object.entries(files)) {
    const answer = await fetch(`${house.origin}/second-screen/${name}`);
    expect(await answer.text()).toBe(text);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(answer.headers.get("permissions-policy")).toContain("camera=(self)");
  }
});

test("a file that a server changes is not installed", async ({ house, browser }) => {
  const context = await browser.newContext({ baseURL: house.origin, locale: "en-GB" });
  await context.route("**/second-screen/style.css", async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    await route.fulfill({ response: answer, body: `${await answer.text()} ` });
  });
  const page = await context.newPage();
  await page.goto("/second-screen");
  await expect(page.getByText("Not installed: everything came from the server just now.")).toBeVisible();
  const installs = await page.evaluate(async () => {
    await new Promise((done) => setTimeout(done, 1500));
    return (await navigator.serviceWorker.getRegistrations()).filter(({ active }) => active !== null).length;
  });
  expect(installs).toBe(0);
  await context.close();
});

/** Frames for the browser's own pretended camera: YUV4MPEG2 in grey, each code for a while, round and round. */
async function film(browser: Browser, pictures: readonly Buffer[], file: string): Promise<void> {
  const [width, height] = [640, 480];
  const page = await browser.newPage();
  const frames: Buffer[] = [];
  for (const picture of pictures) {
    const luma = await page.evaluate(
      async ([source, w, h]) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [w, h];
        const context = canvas.getContext("2d");
        if (!context) throw new Error("no canvas");
        context.fillStyle = "#d8d3c6";
        context.fillRect(0, 0, w, h);
        context.drawImage(image, (w - 440) / 2, 20, 440, 440);
        const { data } = context.getImageData(0, 0, w, h);
        return btoa(Array.from({ length: w * h }, (_, i) => String.fromCharCode(data[i * 4] ?? 0)).join(""));
      },
      [picture.toString("base64"), width, height] as const,
    );
    const frame = Buffer.concat([Buffer.from("FRAME\n"), Buffer.from(luma, "base64"), Buffer.alloc((width * height) / 2, 128)]);
    for (let i = 0; i < 8; i++) frames.push(frame);
  }
  await page.close();
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${String(width)} H${String(height)} F10:1 Ip A1:1 C420jpeg\n`), ...frames]));
}

test("the camera reads the codes that are shown in turn, also in the page as one file, which no server serves", async ({
  people,
  browser,
  house,
}, info) => {
  test.setTimeout(600_000);
  const { custodian } = await atTheKey(people, 32, "Read by a camera");
  await custodian.sheet.getByText("Compare on a second screen").click();
  const pictures = await picturesOf(custodian.page, "QR code of what is to be signed, for a second screen");
  const region = custodian.sheet.getByRole("region", { name: "Hash of what you sign" });
  const seen = await wordsIn(region, region.getByRole("listitem").locator(".spoken"));
  const video = info.outputPath("codes.y4m");
  await film(browser, pictures, video);
  const folder = info.outputPath("single");
  await writeSecondScreen(folder);

  const executablePath = process.env["TEST_CHROMIUM"];
  const device = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${video}`],
  });
  try {
    for (const place of [`${house.origin}/second-screen/index.html`, `file://${folder}/${SINGLE_FILE}`]) {
      const page = await device.newPage({ locale: "en-GB" });
      await page.goto(place);
      await page.getByRole("button", { name: "Read with the camera" }).click();
      await expect(page.getByRole("heading", { name: /^This is an approval\./ })).toBeVisible({ timeout: 60_000 });
      expect(await wordsIn(page.getByRole("region", { name: custodian.person.name }))).toBe(seen);
      await page.close();
    }
  } finally {
    await device.close();
  }
});

test("a changed statement is another sentence and other words on the second screen, and the code of another statement is told apart", async ({
  people,
  house,
  browser,
}) => {
  test.setTimeout(600_000);
  const { custodian } = await atTheKey(people, 33, "Another key on the wire");
  await custodian.sheet.getByRole("button", { name: "Not now" }).click();
  await custodian.page.route("**/statement?**", async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    const proposal = (await answer.json()) as { statement: string };
    await route.fulfill({ response: answer, json: { ...proposal, statement: proposal.statement.replace(`"extractable":false`, `"extractable":true`) } });
  });
  await custodian.turn.getByRole("button", { name: "Read and approve …" }).click();
  await custodian.sheet.getByText("Compare on a second screen").click();
  const pictures = await picturesOf(custodian.page, "QR code of what is to be signed, for a second screen");
  const { context, page } = await installed(browser, house);
  await open(page, pictures);
  await expect(page.getByRole("alert")).toContainText("Do not sign this.");
  await expect(page.getByRole("alert")).toContainText("is not the hash of its operations");
  await context.close();
});

test("a sign-in is a sign-in on the second screen, and a server that passes off anything else as one is refused before the passkey", async ({
  people,
  house,
  browser,
}) => {
  const stranger = await people.stranger("stranger", "Somebody Else");
  await stranger.page.goto("/sign-in");
  await stranger.page.getByRole("button", { name: "Show what my passkey will sign" }).click();
  const hash = stranger.page.getByRole("figure").first();
  await expect(hash.getByRole("listitem")).toHaveCount(16);
  const seen = await wordsIn(hash);
  const pictures = await picturesOf(stranger.page, "QR code of this sign-in, for a second screen");
  const { context, page } = await installed(browser, house);
  await open(page, pictures);
  await expect(page.getByRole("heading", { name: "This is a sign-in." })).toBeVisible();
  expect(await wordsIn(page.locator("#reading"))).toBe(seen);
  await context.close();

  await stranger.page.evaluate(() => {
    navigator.credentials.get = () => Promise.reject(new Error("the passkey was asked"));
  });
  await stranger.page.route("**/api/passkey/challenge", async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    const offer = (await answer.json()) as { options: object };
    const challenge = Buffer.from(sha256("an approval"), "hex").toString("base64url");
    await route.fulfill({ response: answer, json: { ...offer, options: { ...offer.options, challenge } } });
  });
  await stranger.page.reload();
  await stranger.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(stranger.alert).toContainText("is not a sign-in");
});

test("the wall shows the code of the step that the record prints beside it, and nothing to click", async ({ people, house }, info) => {
  const { operator } = await atTheKey(people, 34, "A wall to look at");
  const { page } = operator;
  await page.goto(`/ceremonies/${operator.ceremony}/display`);
  const [opened] = await house.query<{ hash: string }>(
    `SELECT hash FROM "Entry" WHERE ceremony = $1 AND kind = 'step-opened' ORDER BY seq DESC LIMIT 1`,
    [operator.ceremony],
  );
  await expect(page.getByRole("main")).toContainText(chainCode(opened?.hash ?? ""));
  await expect(page.getByRole("main").locator("a, button, input, summary, [tabindex]")).toHaveCount(0);
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
  ] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: info.outputPath(`wall-${String(width)}-${colorScheme}.png`) });
      const over = await page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
      expect(over, `the wall needs no scrolling at ${String(width)}`).toBeLessThanOrEqual(0);
    }
});
