import { button, element } from "../plain-pages/element";
import { hashElement, hexElement } from "../plain-pages/hash-element";
import { cameFromHere, comparedBuild, isSingleFile, ownBuild, rememberBuild } from "./own-build";
import type { Say } from "./texts";

/** What this page is: which build, who compared it, where it came from. */
export async function showBuild(say: Say): Promise<Node[]> {
  const network = element("p", { class: "quiet" }, say(navigator.onLine ? "online" : "offline"));
  const heading = element("h2", {}, say("buildTitle"));
  if (isSingleFile()) return [heading, element("p", {}, say("single")), network];
  const hash = await ownBuild();
  const compared = comparedBuild();
  const same = compared?.hash === hash;
  const day = compared ? new Date(compared.at).toLocaleDateString() : "";
  const said = same ? say("buildKnown", { day }) : compared ? say("buildOther", { day }) : say("buildNew");
  const verdict = element("p", { class: same ? "quiet" : compared ? "halt" : "wait", role: "status" }, said);
  const confirm = button(say("buildCompared"), () => {
    const at = new Date().toISOString();
    rememberBuild({ hash, at });
    verdict.className = "quiet";
    verdict.textContent = say("buildKnown", { day: new Date(at).toLocaleDateString() });
    confirm.remove();
  });
  return [
    heading,
    verdict,
    element("h3", {}, say("build")),
    hashElement(hash),
    hexElement(hash),
    element("p", { class: "quiet" }, say("buildAbout")),
    ...(same ? [] : [confirm]),
    element("p", {}, say(cameFromHere() ? "installed" : "notInstalled")),
    network,
  ];
}
