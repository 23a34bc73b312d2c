// Keeps the first page's account of the ceremony true while it is open. Without it the page is as true as when it was loaded.
const panel = document.querySelector(".ceremony");

/** Whether somebody has pressed a button and the next page is on its way: loading this one again would call it off. */
let leaving = false;
addEventListener("submit", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

async function look() {
  const answer = await fetch(document.hidden ? "/demo/state?hidden" : "/demo/state", { cache: "no-store" });
  if (!answer.ok || !(panel instanceof HTMLElement)) return;
  const { ceremony } = await answer.json();
  if (ceremony === null) return;
  // What the page offers changes with the phase: the server draws it again.
  if (leaving) return;
  if (panel.dataset["phase"] !== ceremony.phase || panel.dataset["sealed"] === "false" && ceremony.sealed) location.reload();
  if (ceremony.phase === "closed") return;
  const place = ceremony.step ? `Step ${ceremony.step.number} of ${ceremony.step.of}: ${ceremony.step.title}` : "Every step is done";
  say("place", place);
  say("awaited", ceremony.awaited);
}

/** @param {string} name @param {string} words */
function say(name, words) {
  const spot = panel?.querySelector(`[data-live="${name}"]`);
  if (spot && spot.textContent !== words) spot.textContent = words;
}

setInterval(() => {
  look().catch(() => undefined); // the demo has ended, or starts again: the page stays as it was
}, 1500);
