import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Browser, type TestInfo } from "@playwright/test";
import type { Seat } from "./room";

const FILM_BYTES = 3 * 1024 ** 3;
/** Of so many zeros, as `head -c 3221225472 /dev/zero | sha256sum` says it too. */
const FILM_SHA256 = "305b66a59d15b252092fbda9d09711230c429f351897cbd430e7b55a35fd3b97";
/** What all pages may take beside what they had: a few parts of the file, and the engine's own room to breathe. */
const MOST_MEMORY = 400 * 1024 ** 2;
const LONGEST_HASHING = 240_000;

/** A film of 3 GB that somebody has chosen in the form of an evidence step, and that their browser hashes while others act. */
export class HashedFilm {
  readonly sha256 = FILM_SHA256;
  readonly #began = Date.now();
  #most = 0;
  readonly #asked: string[] = [];

  private constructor(
    readonly seat: Seat,
    readonly folder: string,
    readonly browser: Browser,
    readonly before: number,
  ) {}

  /** Chooses the film, cancels its hashing, and begins it again from the start. */
  static async chosenBy(seat: Seat, name: string, browser: Browser): Promise<HashedFilm> {
    const folder = mkdtempSync(path.join(tmpdir(), "claviger-film-"));
    const film = path.join(folder, name);
    closeSync(openSync(film, "w"));
    truncateSync(film, FILM_BYTES);
    const chosen = new HashedFilm(seat, folder, browser, await memoryOf(browser));
    seat.page.on("request", (request) => chosen.#asked.push(request.url()));
    const { turn } = seat;
    await turn.getByLabel("Files, if there are any yet").setInputFiles(film);
    await expect(turn.getByText(new RegExp(`^Hashing ${name} in this browser: .* [1-9]\\d?%$`))).toBeVisible({ timeout: 60_000 });
    await turn.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(turn.getByText(`${name} was cancelled.`)).toBeVisible();
    await turn.getByRole("button", { name: "Hash it again from the start" }).click();
    return chosen;
  }

  /** Looks at the memory now; flat is flat while others act, too. */
  async look(): Promise<void> {
    this.#most = Math.max(this.#most, (await memoryOf(this.browser)) - this.before);
  }

  /** Waits for the hash, and names the film: by its hash and its name, and nothing of it has left the browser. */
  async name(kept: string, info: TestInfo): Promise<void> {
    const { turn } = this.seat;
    const done = turn.getByText(/3\.22\sGB, application\/octet-stream, SHA-256/);
    for (const end = Date.now() + LONGEST_HASHING; !(await done.isVisible()) && Date.now() < end; ) {
      await this.look();
      await sleep(500);
    }
    await expect(done).toBeVisible();
    const speed = FILM_BYTES / 1e6 / ((Date.now() - this.#began) / 1000);
    const found = `${speed.toFixed(0)} MB/s, ${(this.#most / 1e6).toFixed(0)} MB more at most`;
    info.annotations.push({ type: "film", description: found });
    expect(this.#most).toBeLessThan(MOST_MEMORY);
    await turn.getByLabel("Kept where").fill(kept);
    await this.seat.press("Note the evidence");
    expect(this.#asked.filter((url) => url.includes("/files"))).toEqual([]);
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What all pages of the browser hold in memory now, in bytes. */
async function memoryOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(id)}/status`, "utf8"))?.[1] ?? 0) * 1024)
    .reduce((sum, one) => sum + one, 0);
}
