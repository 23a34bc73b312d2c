import "../plain-pages/no-eval";
import { unpacked } from "#lib/carried/carried";
import { PartCollector } from "#lib/carried/code-parts";
import { readCarried, type Reading } from "#lib/carried/read-carried";
import { button, element } from "../plain-pages/element";
import { place, PlainPage, status } from "../plain-pages/plain-page";
import { watchCamera } from "./camera";
import { install, isSingleFile } from "./own-build";
import { PictureReader, readFile } from "./read-picture";
import { showBuild } from "./show-build";
import { showReading } from "./show-reading";
import { TEXTS, type TextKey } from "./texts";

const now = () => new Date().toISOString();
const page = new PlainPage<TextKey>(TEXTS, draw);
const { say } = page;

const reader = new PictureReader();
let collector = new PartCollector();
let shown: Reading | null = null;
let stopCamera: (() => void) | null = null;

/** Takes the text of one code; whole once the last of them was read. */
async function take(text: string): Promise<void> {
  if (shown) return;
  const taken = collector.take(text);
  switch (taken.state) {
    case "foreign":
    case "damaged":
      status(say(taken.state));
      return;
    case "reading": {
      const { read, parts } = taken;
      status(say("progress", { read: String(read.length), parts: String(parts), which: read.join(", ") }));
      return;
    }
    case "whole": {
      const carried = await unpacked(taken.bytes);
      if (!carried) {
        status(say("unreadable"));
        return;
      }
      endCamera();
      shown = readCarried(carried, now());
      status("");
      draw();
      place("reading").querySelector("h2")?.focus();
    }
  }
}

async function beginCamera(): Promise<void> {
  try {
    const video = place("camera") as HTMLVideoElement;
    stopCamera = await watchCamera(video, reader, (text) => void take(text));
    video.hidden = false;
    status(say("waiting"));
    drawControls();
  } catch (fault) {
    status(say("noCamera", { why: fault instanceof Error ? fault.message : String(fault) }));
  }
}

function endCamera(): void {
  stopCamera?.();
  stopCamera = null;
  place("camera").hidden = true;
  drawControls();
}

async function openPictures(files: Iterable<Blob>): Promise<void> {
  for (const file of files) {
    const text = await readFile(reader, file);
    if (text === null) status(say("nothing"));
    else await take(text);
  }
}

function drawControls(): void {
  const open = element("input", { type: "file", accept: "image/*", multiple: "", class: "unseen" });
  open.addEventListener("change", () => void openPictures([...(open.files ?? [])]));
  const opener = element("label", { class: "button" }, open, say("open"));
  const again = button(say("again"), () => {
    shown = null;
    collector = new PartCollector();
    status("");
    draw();
  });
  const camera = stopCamera ? button(say("stop"), endCamera) : button(say("scan"), () => void beginCamera(), "primary");
  place("controls").replaceChildren(...(shown ? [again] : [camera, opener]));
}

function draw(): void {
  page.drawHeading();
  place("purpose").textContent = say("purpose");
  place("reading").replaceChildren(...(shown ? showReading(shown, page.language, say, now) : []));
  drawControls();
  void showBuild(say).then((about) => {
    place("build").replaceChildren(...about);
  });
}

draw();
window.addEventListener("online", draw);
window.addEventListener("offline", draw);
if (!isSingleFile() && "serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("controllerchange", draw);
  void install().then(draw, draw);
}
