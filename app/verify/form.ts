import { button, element } from "../plain-pages/element";
import type { Say } from "../plain-pages/say";
import { Unusable, type Given } from "./check-record";

/** More than any record; a file beyond it would only use up the memory of whoever reads it. */
const MOST_BYTES = 64 * 1024 * 1024;

type Choice = "record" | "authority" | "logProof" | "evidence";

/** Fields for what is copied sign by sign. */
const TYPED = { spellcheck: "false", autocomplete: "off", class: "measured" };

/** What is typed and chosen outlives a change of the language. */
export class Form {
  readonly #recorder = element("textarea", { ...TYPED, rows: "4", required: "" });
  readonly #certifiedAs = element("input", { ...TYPED, type: "text" });
  readonly #modes = { production: radio("production", true), rehearsal: radio("rehearsal", false) };
  readonly #log = element("input", { ...TYPED, type: "text" });
  readonly #witnesses = element("textarea", { ...TYPED, rows: "2" });
  readonly #files = new Map<Choice, readonly File[]>();
  readonly #names = new Map<Choice, HTMLParagraphElement>();

  get fileName(): string {
    return this.#chosen("record")[0]?.name ?? "";
  }

  /** Chosen, or dropped: says what was taken. */
  take(name: Choice, files: readonly File[]): void {
    this.#files.set(name, files);
    this.#nameOf(name).textContent = files.map((file) => `${file.name} (${String(Math.ceil(file.size / 1024))} KiB)`).join(", ");
  }

  /** What was given, read; throws `Unusable` for what is missing. */
  async given(): Promise<Given> {
    const [record] = this.#chosen("record");
    if (!record) throw new Unusable("noRecord");
    const read = async (file: File) => ({ file: file.name, pem: await file.text() });
    const authorities = await Promise.all(this.#chosen("authority").map(read));
    const [proof] = this.#chosen("logProof");
    return {
      record: await bytesOf(record),
      recorder: this.#recorder.value,
      certifiedAs: this.#certifiedAs.value,
      mode: this.#modes.rehearsal.checked ? "rehearsal" : "production",
      authorities,
      log: this.#log.value,
      logProof: proof ? await bytesOf(proof) : null,
      witnesses: this.#witnesses.value,
      evidence: this.#chosen("evidence"),
    };
  }

  draw(say: Say): Node[] {
    return [
      element(
        "fieldset",
        {},
        element("legend", {}, say("record")),
        ...this.#chooser("record", say("chooseRecord"), { accept: "application/pdf,.pdf,application/zip,.zip" }, say("drop")),
      ),
      element(
        "fieldset",
        {},
        element("legend", {}, say("recorder")),
        labelled(say("recorderHint"), this.#recorder),
        opener(say("chooseCertificate"), { accept: PEM }, (files) => void this.#readRecorder(files)),
      ),
      element(
        "fieldset",
        {},
        element("legend", {}, say("kind")),
        element("label", { class: "choice" }, this.#modes.production, say("modeProduction")),
        element("label", { class: "choice" }, this.#modes.rehearsal, say("modeRehearsal")),
      ),
      element(
        "details",
        this.#isMore() ? { open: "" } : {},
        element("summary", {}, say("more")),
        element("p", { class: "quiet" }, say("moreHint")),
        labelled(say("certifiedAs"), this.#certifiedAs),
        element("p", { class: "quiet" }, say("certifiedAsHint")),
        ...this.#chooser("authority", say("authority"), { accept: PEM, multiple: "" }),
        labelled(say("log"), this.#log),
        ...this.#chooser("logProof", say("logProof")),
        labelled(say("witnesses"), this.#witnesses),
        ...this.#chooser("evidence", say("evidence"), { multiple: "" }, say("evidenceHint")),
      ),
      element("button", { type: "submit", class: "primary" }, say("check")),
    ];
  }

  #isMore(): boolean {
    const typed = [this.#certifiedAs, this.#log, this.#witnesses].some(({ value }) => value !== "");
    return typed || [...this.#files.keys()].some((name) => name !== "record");
  }

  #chosen(name: Choice): readonly File[] {
    return this.#files.get(name) ?? [];
  }

  #nameOf(name: Choice): HTMLParagraphElement {
    const kept = this.#names.get(name) ?? element("p", { class: "chosen measured" });
    this.#names.set(name, kept);
    return kept;
  }

  async #readRecorder([file]: readonly File[]): Promise<void> {
    if (!file) return;
    this.#recorder.value = await file.text();
    this.#recorder.focus();
  }

  #chooser(name: Choice, text: string, attributes: Attributes = {}, beside = ""): Node[] {
    const choose = (files: readonly File[]) => {
      this.take(name, files);
    };
    return [element("p", {}, opener(text, attributes, choose), element("span", { class: "quiet" }, ` ${beside}`)), this.#nameOf(name)];
  }
}

type Attributes = Readonly<Record<string, string>>;

const PEM = ".pem,.crt,.cer";

/** A field for files that looks like a button, and is one for the keyboard as well. */
function opener(text: string, attributes: Attributes, chosen: (files: readonly File[]) => void): HTMLLabelElement {
  const field = element("input", { type: "file", class: "unseen", ...attributes });
  field.addEventListener("change", () => {
    chosen([...(field.files ?? [])]);
  });
  return element("label", { class: "button" }, field, text);
}

const radio = (value: string, checked: boolean): HTMLInputElement =>
  element("input", { type: "radio", name: "mode", value, ...(checked ? { checked: "" } : {}) });

const labelled = (text: string, field: HTMLElement): HTMLLabelElement =>
  element("label", { class: "field" }, element("span", {}, text), field);

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) throw new Unusable("tooLarge", { file: file.name });
  return new Uint8Array(await file.arrayBuffer());
}

/** What is done with a report. */
export const reportButtons = (say: Say, does: Readonly<Record<"print" | "save" | "again", () => void>>): HTMLElement =>
  element(
    "div",
    { class: "controls no-print" },
    button(say("print"), does.print),
    button(say("json"), does.save),
    button(say("again"), does.again),
  );
