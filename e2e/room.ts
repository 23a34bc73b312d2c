import { expect, type Locator } from "@playwright/test";
import type { Person } from "./person";

/** What the worker may take over one step: a pair of RSA-4096 keys is a matter of luck. */
const LONGEST_WORK = 240_000;

/** What a person does in a room, by the words that stand on the screen. */
export class Seat {
  constructor(
    readonly person: Person,
    readonly ceremony: string,
  ) {}

  get page() {
    return this.person.page;
  }

  async enter(): Promise<this> {
    await this.page.goto(`/ceremonies/${this.ceremony}`);
    await expect(this.page.getByRole("main")).toBeVisible();
    return this;
  }

  get turn(): Locator {
    return this.page.getByRole("region", { name: "Your turn" });
  }

  get step(): Locator {
    return this.page.locator("article[aria-current=step]");
  }

  get sheet(): Locator {
    return this.page.getByRole("dialog");
  }

  async isAt(title: string): Promise<void> {
    await expect(this.step.getByRole("heading", { name: title, exact: true })).toBeVisible({ timeout: LONGEST_WORK });
  }

  /** Presses a button of the dock and waits until what it does is written down. */
  async press(name: string): Promise<void> {
    const button = this.turn.getByRole("button", { name, exact: true });
    await button.click();
    await expect(button.or(this.turn.getByRole("button", { name: "Writing it down …" }))).toBeHidden({ timeout: 60_000 });
  }

  /**
   * Opens the step of that title. What only looks at the token needs nobody's approval: then the room may have gone on by now.
   */
  async open(title: string): Promise<void> {
    await this.isAt(title);
    const open = this.turn.getByRole("button", { name: /^(?:Open the step|Writing it down …)$/ });
    await open.click();
    const here = this.step.getByRole("heading", { name: title, exact: true });
    await expect.poll(async () => (await here.isVisible()) && (await open.isVisible()), { timeout: 60_000 }).toBe(false);
  }

  hear(): Promise<void> {
    return this.press("I have heard it");
  }

  async check(name: string, document: string): Promise<void> {
    const option = this.turn.getByRole("option", { name });
    await this.turn.getByLabel("Person").selectOption({ label: (await option.textContent()) ?? "" });
    await this.turn.getByLabel("Kind of document").fill(document);
    await this.turn.getByRole("button", { name: "Identity checked" }).click();
    await expect(option).toHaveCount(0, { timeout: 60_000 });
    // Where somebody is left to be checked, the form is empty; else it is gone.
    const typed = () => this.turn.getByLabel("Kind of document").evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value).join(""));
    await expect.poll(typed).toBe("");
  }

  async read(value: string): Promise<void> {
    await this.turn.getByLabel("Serial number").fill(value);
    await this.press("Enter the value");
  }

  async noteDeviation(about: { expected: string; happened: string; decided: string; grade?: "A" | "B" | "C" | "D" }): Promise<void> {
    const open = this.turn.getByRole("button", { name: "Note the deviation …" });
    await ((await open.isVisible()) ? open : this.page.getByRole("button", { name: "Note a deviation" })).click();
    await this.sheet.getByLabel("What was expected").fill(about.expected);
    await this.sheet.getByLabel("What happened").fill(about.happened);
    await this.sheet.getByLabel("What was decided").fill(about.decided);
    await this.sheet.getByRole("group", { name: "Who decided it" }).getByRole("checkbox").first().check();
    if (about.grade) await this.sheet.getByRole("radio", { name: new RegExp(`^${about.grade} · `) }).check();
    await this.sheet.getByRole("button", { name: "Note the deviation" }).click();
    await expect(this.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** Completes the numbered sheet that two readings which differ have opened; it does not say what was read. */
  async completeSheet(number: number, decided: string, other: string, reading: string): Promise<void> {
    await this.turn.getByRole("button", { name: `Complete sheet ${String(number)} …` }).click();
    await expect(this.sheet.getByLabel("What was expected")).toHaveValue(/the same reading by two people/);
    const happened = await this.sheet.getByLabel("What happened").inputValue();
    expect(happened).toContain(other);
    expect(happened).not.toContain(reading);
    await this.sheet.getByLabel("What was decided").fill(decided);
    await this.sheet.getByRole("button", { name: `Complete sheet ${String(number)}` }).click();
    await expect(this.sheet.getByText("Say who decided it.")).toBeVisible();
    await this.sheet.getByRole("group", { name: "Who decided it" }).getByRole("checkbox").first().check();
    await this.sheet.getByRole("button", { name: `Complete sheet ${String(number)}` }).click();
    await expect(this.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** Says that every exception sheet was read aloud, before the signatures, and that the printed ones were all closed unused. */
  async readOut(): Promise<void> {
    await this.turn.getByRole("button", { name: "Read out the sheets …" }).click();
    await this.sheet.getByRole("checkbox", { name: "All of them" }).check();
    await this.sheet.getByRole("button", { name: "All of them have been read aloud" }).click();
    await expect(this.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** Initials, in one go, every exception sheet that lacks this person's name. */
  async initialAll(): Promise<void> {
    await this.turn.getByRole("button", { name: "Read and initial …" }).click();
    await this.sheet.getByRole("button", { name: /^I have read (?:this sheet|these \d+ sheets)$/ }).click();
    await expect(this.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** Reads the exact text of somebody's word, signs it, and goes back to the room. */
  async signWord(button: string, done: string): Promise<void> {
    await this.compare();
    await this.sheet.getByRole("button", { name: button }).click();
    await expect(this.sheet.getByText(done)).toBeVisible({ timeout: 60_000 });
    await this.page.keyboard.press("Escape");
    await expect(this.sheet).toBeHidden();
  }

  /** The list of people, where it is noted who is there and who takes whose place. */
  async #people(): Promise<void> {
    await this.page.getByRole("button", { name: /^Who is here/ }).click();
    await expect(this.sheet).toBeVisible();
  }

  /** Notes that somebody is not in the room, or is again. */
  async notePresence(name: string, present: boolean): Promise<void> {
    await this.#people();
    await this.sheet.getByRole("button", { name: `${name} is ${present ? "here" : "not here"}`, exact: true }).click();
    await expect(this.sheet.getByRole("button", { name: `${name} is ${present ? "not here" : "here"}`, exact: true })).toBeVisible({
      timeout: 60_000,
    });
    await this.page.keyboard.press("Escape");
    await expect(this.sheet).toBeHidden();
  }

  /** Counts everybody out for a break that the script does not have, and reads the seals of what stays behind. */
  async beginBreak(seals: Readonly<Record<string, string>>): Promise<void> {
    await this.page.getByRole("button", { name: "Break …", exact: true }).click();
    for (const [i, [name, value]] of Object.entries(seals).entries()) {
      if (i > 0) await this.sheet.getByRole("button", { name: "Add a seal" }).click();
      await this.sheet.getByLabel(`What it is ${String(i + 1)}`).fill(name);
      await this.sheet.getByLabel(`What it reads ${String(i + 1)}`).fill(value);
    }
    await this.sheet.getByRole("button", { name: "Begin the break" }).click();
    await expect(this.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** Counts everybody in again, all of them unless told whom, and reads the same seals without having been shown what they read. */
  async endBreak(seals: Readonly<Record<string, string>>): Promise<void> {
    await this.turn.getByRole("button", { name: "Count everybody in …" }).click({ timeout: 60_000 });
    for (const [name, value] of Object.entries(seals)) {
      await expect(this.sheet).not.toContainText(value);
      await this.sheet.getByLabel(`${name} reads`).fill(value);
    }
    for (const box of await this.sheet.getByRole("group", { name: "Who is here" }).getByRole("checkbox").all()) await box.check();
    await this.sheet.getByRole("button", { name: "End the break" }).click();
    await expect(this.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** A witness signs that a step was done as the transcript has it. */
  async attest(step: { readonly id: string; readonly number: number }, remark: string): Promise<void> {
    await this.page.locator(`#step-${step.id}`).click();
    await this.page.getByRole("button", { name: `Attest step ${String(step.number)} …` }).click();
    await this.sheet.getByLabel("What you want to add, if anything").fill(remark);
    await this.sheet.getByRole("button", { name: "Show what I would sign" }).click();
    await this.signWord("Attest with my passkey", "Your attestation is in the transcript.");
  }

  /** Writes a page of one's own notebook, and releases it. */
  async releaseNote(text: string): Promise<void> {
    await this.page.getByRole("button", { name: "My notebook" }).click();
    await this.sheet.getByLabel("A new page").fill(text);
    await this.sheet.getByRole("button", { name: "Write it down" }).click();
    await expect(this.sheet.getByText("Page 1")).toBeVisible();
    await this.sheet.getByRole("button", { name: "Release this page into the transcript …" }).click();
    await this.signWord("Release with my passkey", "Your notebook is in the transcript.");
  }

  async initial(sheet: number): Promise<void> {
    const initial = this.page.getByRole("button", { name: `I have read sheet ${String(sheet)}`, exact: true });
    await initial.click();
    await expect(initial).toHaveCount(0, { timeout: 60_000 });
  }

  async stop(reason: string): Promise<void> {
    await this.page.getByRole("button", { name: "STOP" }).click();
    await this.sheet.getByLabel("Why, if you want to say so now").fill(reason);
    await this.sheet.getByRole("button", { name: "Stop the ceremony now" }).click();
    await expect(this.sheet).toBeHidden({ timeout: 60_000 });
  }

  /** Opens the sheet of an approval up to the moment before the passkey. */
  async readApproval(): Promise<void> {
    await this.turn.getByRole("button", { name: "Read and approve …" }).click();
    await this.compare();
  }

  /** The wall shows what agreeing would sign; of a refusal or a remark it cannot know, and the sheet asks for something else. */
  async compare(): Promise<void> {
    await this.sheet
      .getByRole("checkbox", { name: /compared the words with the wall|read it, and it is what I decided/ })
      .check();
  }

  async approve(): Promise<void> {
    await this.readApproval();
    await this.signAs("Approve with my passkey", /^You approved\./);
  }

  /** Agrees to going on after a stop, as the exception sheet says that the signing sheet shows. */
  async agreeToGoOn(): Promise<void> {
    await this.turn.getByRole("button", { name: "Read and agree to go on …" }).click();
    await this.compare();
    await this.signAs("Agree with my passkey", /^You agreed to going on\./);
  }

  async signAs(button: string, done: RegExp): Promise<void> {
    await this.sheet.getByRole("button", { name: button }).click();
    await expect(this.sheet.getByRole("status")).toHaveText(done, { timeout: 60_000 });
    await this.sheet.getByRole("button", { name: "Back to the room" }).click();
    await expect(this.sheet).toBeHidden();
  }

  /** Compares the recorder with the minutes, where this person's browser has not yet: before that there is nothing to type into. */
  async compareRecorder(): Promise<void> {
    const box = this.sheet.getByRole("checkbox", { name: "I have compared all the words, and they are the same." });
    const field = this.sheet.getByLabel("Your half", { exact: true });
    await expect(box.or(field)).toBeVisible();
    if (await field.isVisible()) return;
    await box.check();
    await this.sheet.getByRole("button", { name: "Remember this recorder in this browser" }).click();
    await expect(field).toBeVisible();
  }

  /** Types a half of a secret, twice, and signs its ciphertext. */
  async enterHalf(which: string, half: string): Promise<void> {
    await this.turn.getByRole("button", { name: "Enter your half …" }).click();
    await this.compareRecorder();
    await this.sheet.getByRole("radio", { name: which }).check();
    await this.sheet.getByLabel("Your half", { exact: true }).fill(half);
    await this.sheet.getByLabel("Your half, once more").fill(half);
    await this.sheet.getByRole("button", { name: "Encrypt it and sign with my passkey" }).click();
    await expect(this.sheet.getByText("Your half has been entered.")).toBeVisible({ timeout: 60_000 });
    await this.sheet.getByRole("button", { name: "Back to the room" }).click();
    await expect(this.sheet).toBeHidden();
  }

  async refuse(reason: string): Promise<void> {
    await this.turn.getByRole("button", { name: "Refuse …" }).click();
    await this.sheet.getByLabel("Why you refuse").fill(reason);
    await this.sheet.getByRole("button", { name: "Show what I would sign" }).click();
    await expect(this.sheet.getByText(`“${reason}”`)).toBeVisible();
    await this.compare();
    await this.signAs("Refuse with my passkey", /^You refused\./);
  }

  async signOff(verdict: string, note?: string): Promise<void> {
    await this.turn.getByRole("button", { name: "Read and sign …" }).click();
    await this.sheet.getByRole("radio", { name: verdict }).check();
    if (note !== undefined) await this.sheet.getByLabel("What you note").fill(note);
    await this.sheet.getByRole("button", { name: "Show what I would sign" }).click();
    await this.compare();
    await this.signAs("Sign with my passkey", /^You signed\./);
  }
}
