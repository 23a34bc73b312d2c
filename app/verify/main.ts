import "../plain-pages/no-eval";
import { VERIFIER_FILE } from "#lib/record/record-files";
import type { Verification } from "#lib/record/verify-record";
import { element } from "../plain-pages/element";
import { place, PlainPage, status } from "../plain-pages/plain-page";
import { checkRecord, Unusable } from "./check-record";
import { Form, reportButtons } from "./form";
import { checkElement, showReport, type Occasion } from "./show-report";
import { TEXTS } from "./texts";

const page = new PlainPage<string>(TEXTS, draw);
const { say } = page;
let shown: { readonly verification: Verification; readonly occasion: Occasion } | null = null;
let isChecking = false;

const form = new Form();

/** Lets the page be painted before what takes the processor goes on. */
const painted = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

async function check(): Promise<void> {
  if (isChecking) return;
  isChecking = true;
  shown = null;
  draw();
  status(say("reading"));
  const told = element("ul", { class: "checks" });
  place("report").replaceChildren(told);
  try {
    await painted();
    const verification = await checkRecord(await form.given(), {
      told: (one) => {
        told.append(checkElement(one, say));
        status(say("checked", { done: String(told.childElementCount) }));
      },
      decided: (done, of) => {
        status(say("deciding", { done: String(done), of: String(of) }));
      },
      hashing: (file, percent) => {
        status(say("hashing", { file, percent: String(percent) }));
      },
    });
    shown = { verification, occasion: { file: form.fileName, at: new Date() } };
    status("");
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    status(fault instanceof Unusable ? say(fault.key, fault.values) : say("fault", { why }));
  } finally {
    isChecking = false;
    draw();
  }
  document.getElementById("verdict")?.focus();
}

function save(): void {
  if (!shown) return;
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(shown.verification, null, 2)}\n`], { type: "application/json" }));
  element("a", { href: url, download: `${shown.occasion.file.replace(/\.(?:pdf|zip)$/i, "")}.verification.json` }).click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  });
}

function again(): void {
  shown = null;
  draw();
  status("");
  place("form").querySelector("input")?.focus();
}

function draw(): void {
  page.drawHeading();
  place("form").hidden = shown !== null || isChecking;
  place("form").replaceChildren(element("p", { id: "purpose" }, say("purpose")), ...form.draw(say));
  if (!isChecking) {
    const report = shown ? showReport(shown.verification, shown.occasion, say) : [];
    place("report").replaceChildren(...report, ...(shown ? [reportButtons(say, { print, save, again })] : []));
  }
  place("about").replaceChildren(element("h2", {}, say("pageTitle")), element("p", {}, say("pageAbout")), ...keeping());
}

const print = () => {
  window.print();
};

/** The page as one file, to be kept; not where it is that file already. */
const keeping = (): Node[] =>
  document.documentElement.hasAttribute("data-single")
    ? []
    : [element("p", { class: "no-print" }, element("a", { href: VERIFIER_FILE, download: VERIFIER_FILE }, say("keep")))];

place("form").addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer?.files ?? [];
  if (file && !shown && !isChecking) form.take("record", [file]);
});
draw();
