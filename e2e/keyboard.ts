import { expect } from "@playwright/test";
import { axeFaults } from "./axe";
import type { Seat } from "./room";

/** What has the keyboard: its name, and what is wrong with how it shows that. */
type Focused = {
  readonly name: string;
  readonly value: string;
  /** Something is typed or chosen here: a heading may have the name of a field. */
  readonly field: boolean;
  /** It takes no press just now, and says so: what it was pressed for before is still on its way. */
  readonly waits: boolean;
  readonly unticked: boolean;
  readonly fault: string | null;
};

const two = (part: number) => String(part).padStart(2, "0");
const monthFirst = (day: Date) => `${two(day.getMonth() + 1)}${two(day.getDate())}${String(day.getFullYear())}`;

/** Round and round until what is asked for has come, and been found. */
const LONGEST_WAY = 60_000;

/** A person in the room who has a keyboard and nothing else, and who must see where they are at every stop. */
export class Keyboard {
  constructor(readonly seat: Seat) {}

  get #keys() {
    return this.seat.page.keyboard;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#keys.press(key);
  }

  /** What has the focus, by the name that is read out for it. */
  #focused(): Promise<Focused> {
    return this.seat.page.evaluate(() => {
      const one = document.activeElement;
      // Between two stops it is with no control, but with what holds them all.
      if (!(one instanceof HTMLElement) || one.matches("body, dialog, main")) return { name: "", value: "", field: false, waits: false, unticked: false, fault: null };
      const field = one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement ? one : null;
      const name = (one.ariaLabel ?? field?.labels?.[0]?.textContent ?? one.textContent).replaceAll(/\s+/gu, " ").trim();
      const { left, top, width, height } = one.getBoundingClientRect();
      const seen = [0.5, 0.1, 0.9].some((x) => {
        const there = document.elementFromPoint(left + width * x, top + height / 2);
        return there !== null && (one.contains(there) || there.contains(one));
      });
      const ring = getComputedStyle(one);
      // A field of several parts marks the part, inside, where no script can look.
      const ringed = one.matches("[type='date'], [type='datetime-local']") || (ring.outlineStyle !== "none" && Number.parseFloat(ring.outlineWidth) >= 2);
      const fault = seen ? (ringed ? null : "does not show that it has the focus") : "has the focus behind something else";
      const unticked = field instanceof HTMLInputElement && field.type === "checkbox" && !field.checked;
      return { name, value: field?.value ?? "", field: field !== null, waits: one.ariaDisabled === "true", unticked, fault };
    });
  }

  /** Whoever presses Tab sees where it went, once what moves by itself, as a page that follows its room does, has come to rest. */
  async #showsWhere(): Promise<void> {
    const fault = async () => {
      const here = await this.#focused();
      return here.fault === null ? "" : `${here.name} ${here.fault}`;
    };
    await expect.poll(fault, { timeout: 5_000 }).toBe("");
  }

  /** Tab, and nothing but Tab, until something of that name has the focus. */
  async to(name: RegExp, what: "field" | "anything" = "anything"): Promise<void> {
    let pressed = false;
    for (const end = Date.now() + LONGEST_WAY; Date.now() < end; pressed = true) {
      if (pressed) await this.#showsWhere();
      const here = await this.#focused();
      if (name.test(here.name) && (here.field || what === "anything")) return;
      await this.press("Tab");
    }
    throw new Error(`Tab never came to ${String(name)}`);
  }

  async write(name: RegExp, text: string): Promise<void> {
    await this.to(name, "field");
    await this.press("End"); // what stands there already is marked, and would be typed over
    await this.#keys.type(text);
  }

  async tick(name: RegExp): Promise<void> {
    await this.to(name);
    await this.press("Space");
  }

  /** Goes to a button and presses it, once it can be pressed: while it waits for an answer a press is for nothing. */
  async push(name: RegExp): Promise<void> {
    await this.to(name);
    await expect.poll(async () => (await this.#focused()).waits, { timeout: LONGEST_WAY }).toBe(false);
    await this.press("Enter");
  }

  /** Ticks whatever can be ticked on the way to something. */
  async tickAllTo(name: RegExp): Promise<void> {
    for (const end = Date.now() + LONGEST_WAY; Date.now() < end; ) {
      const here = await this.#focused();
      if (name.test(here.name)) return;
      if (here.unticked) await this.press("Space");
      await this.press("Tab");
    }
    throw new Error(`Tab never came to ${String(name)}`);
  }

  /** The key that goes to what is asked, once it is this that is asked: until the room has gone on, something else may stand there. */
  async go(asked: RegExp): Promise<void> {
    const { turn } = this.seat;
    await expect(turn.locator("[data-primary]").filter({ hasText: asked })).toBeVisible({ timeout: 60_000 });
    await this.press("n");
    await expect(turn.locator(":focus")).toHaveCount(1);
    await this.#showsWhere();
  }

  /** Goes to the button of what is asked, and presses it. */
  async answer(asked: RegExp): Promise<void> {
    await this.go(asked);
    await this.push(asked);
  }

  /** A day, part by part, as the field takes it. */
  async writeDay(name: RegExp, day: Date): Promise<void> {
    await this.to(name, "field");
    await this.#keys.type(monthFirst(day));
  }

  /** A day and time, likewise. */
  async writeTime(name: RegExp, at: Date): Promise<void> {
    await this.to(name);
    await this.#keys.type(monthFirst(at));
    await this.press("ArrowRight");
    const hours = at.getHours();
    await this.#keys.type(`${two(hours % 12 || 12)}${two(at.getMinutes())}${two(at.getSeconds())}${hours < 12 ? "A" : "P"}`);
  }

  /** Opens the chooser of files by its button, and takes one. */
  async chooseFile(button: RegExp, name: string, text: string): Promise<void> {
    const chooser = this.seat.page.waitForEvent("filechooser");
    await this.push(button);
    await (await chooser).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    // Before its hash is known it is not sent.
    await expect(this.seat.page.getByRole("status").filter({ hasText: name }).getByText(/SHA-256/u)).toBeVisible({ timeout: 60_000 });
  }

  /** Reads what stands on the sheet, says so, and signs it with the passkey. */
  async sign(button: RegExp): Promise<void> {
    await this.tick(/compared the words with the wall|read it, and it is what I decided/u);
    await this.push(button);
  }

  /** Types a half of a secret, where this browser has compared the recorder before, twice, and signs its ciphertext. */
  async enterHalf(which: RegExp, half: string): Promise<void> {
    await this.answer(/^Enter your half …$/u);
    await this.tick(which);
    await this.write(/^Your half$/u, half);
    await this.write(/^Your half, once more$/u, half);
    await this.push(/^Encrypt it and sign with my passkey$/u);
    await expect(this.seat.sheet.getByText("Your half has been entered.")).toBeVisible({ timeout: 60_000 });
    await this.push(/^Back to the room$/u);
    await expect(this.seat.sheet).toBeHidden();
  }

  /** Calls a stand-in, the only one there is, for somebody who leaves. */
  async replace(leaves: string, why: string): Promise<void> {
    await this.press("p");
    await this.push(new RegExp(`^Replace ${leaves} …$`, "u"));
    await this.write(/^Why they leave/u, why);
    expect(await axeFaults(this.seat.page)).toEqual([]);
    await this.push(new RegExp(`^Note it and replace ${leaves}$`, "u"));
    await expect(this.seat.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** Fills in an exception sheet that is open. */
  async deviate(happened: string): Promise<void> {
    const { sheet } = this.seat;
    await this.write(/^What was expected/u, "The script.");
    await this.write(/^What happened/u, happened);
    await this.write(/^What was decided/u, "Go on.");
    await this.tick(/Zieliński/u);
    await this.push(/^Note the deviation$/u);
    await expect(sheet).toBeHidden({ timeout: 60_000 });
  }
}
