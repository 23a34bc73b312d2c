import { button, element } from "../second-screen/element";
import { Unusable, type Given } from "./check-record";
import type { Say } from "./texts";

/** More than any record; a file beyond it would only use up the memory of whoever reads it. */
const MOST_BYTES = 64 * 1024 * 1024;

type Choice = "record" | "authority" | "logProof" | "evidence";

/** What is typed and chosen outlives a change of the language. */
export class Form {
  readonly #recorder = element("textarea", { rows: "4", spellcheck: "false", autocomplete: "off", class: "measured", required: "" });
  readonly #modes = { production: radio("production", true), rehearsal: radio("rehearsal", false) };
  readonly #log = element("input", { type: "text", spellcheck: "false", autocomplete: "off", class: "measured" });
  readonly #witnesses = element("textarea", { rows: "2", spellcheck: "false", autocomplete: "off", class: "measured" });
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
    const authorities = await Promise.all(this.#chosen("authority").map(async (file) => ({ file: file.name, pem: await file.text() })));
    const [proof] = this.#chosen("logProof");
    return {
      record: await bytesOf(record),
      recorder: this.#recorder.value,
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
        ...this.#chooser("record", say("chooseRecord"), { accept: "application/pdf,.pdf" }, element("span", { class: "quiet" }, ` ${say("drop")}`)),
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
        ...this.#chooser("authority", say("authority"), { accept: PEM, multiple: "" }),
        labelled(say("log"), this.#log),
        ...this.#chooser("logProof", say("logProof")),
        labelled(say("witnesses"), this.#witnesses),
        ...this.#chooser("evidence", say("evidence"), { multiple: "" }, element("span", { class: "quiet" }, ` ${say("evidenceHint")}`)),
      ),
      element("button", { type: "submit", class: "primary" }, say("check")),
    ];
  }

  #isMore(): boolean {
    return [...this.#files.keys()].some((name) => name !== "record") || this.#log.value !== "" || this.#witnesses.value !== "";
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

  #chooser(name: Choice, text: string, attributes: Readonly<Record<string, string>> = {}, beside: Node | null = null): Node[] {
    const choose = (files: readonly File[]) => {
      this.take(name, files);
    };
    return [element("p", {}, opener(text, attributes, choose), beside), this.#nameOf(name)];
  }
}

const PEM = ".pem,.crt,.cer";

/** A field for files that looks like a button, and is one for the keyboard as well. */
function opener(text: string, attributes: Readonly<Record<string, string>>, chosen: (files: readonly File[]) => void): HTMLLabelElement {
  const field = element("input", { type: "file", class: "unseen", ...attributes });
  field.addEventListener("change", () => {
    chosen([...(field.files ?? [])]);
  });
  return element("label", { class: "button" }, field, text);
}

const radio = (value: string, checked: boolean): HTMLInputElement =>
  element("input", { type: "radio", name: "mode", value, ...(checked ? { checked: "" } : {}) });

const labelled = (text: string, field: HTMLElement): HTMLLabelElement => element("label", { class: "field" }, element("span", {}, text), field);

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) throw new Unusable("tooLarge", { file: file.name });
  return new Uint8Array(await file.arrayBuffer());
}

/** What is done with a report. */
export const reportButtons = (say: Say, { print, save, again }: Readonly<Record<"print" | "save" | "again", () => void>>): HTMLElement =>
  element("div", { class: "controls no-print" }, button(say("print"), print), button(say("json"), save), button(say("again"), again));
