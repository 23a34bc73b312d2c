import { ASSUMPTIONS } from "#lib/record/assumptions";
import type { Anchor, Conclusion } from "#lib/record/conclusions";
import type { Check } from "#lib/record/verify-transcript";
import type { Verification } from "#lib/record/verify-record";
import { element } from "../plain-pages/element";
import { hashElement, hexElement } from "../plain-pages/hash-element";
import { measured, pair } from "../plain-pages/pair";
import type { Say } from "../plain-pages/say";

/** When it was checked, and what the file is called here. */
export type Occasion = { readonly file: string; readonly at: Date };

/** The whole report: the verdict, what follows, what it rests on, each check with its finding. Reads and prints as a document. */
export function showReport(verification: Verification, occasion: Occasion, say: Say): Node[] {
  const { anchors, conclusions, checks, evidence } = verification;
  return [
    verdict(verification, say),
    element("h2", {}, say("reportTitle")),
    facts(verification, occasion, say),
    element("h2", {}, say("followsTitle")),
    element("ul", { class: "conclusions" }, ...conclusions.map((one) => conclusion(one, anchors, say))),
    element("h2", {}, say("anchorsTitle")),
    ...anchors.map((anchor) => anchorElement(anchor, say)),
    element("h2", {}, say("checksTitle")),
    element("p", { class: "quiet" }, say("found")),
    element("ul", { class: "checks" }, ...checks.map((check) => checkElement(check, say))),
    ...(evidence.length > 0 ? files(verification, say) : []),
    element("h2", {}, say("assumptionsTitle")),
    element("dl", { class: "assumptions" }, ...ASSUMPTIONS.map(({ id }) => pair(id, say(`assumptions.${id}`)))),
  ];
}

/** A check as it is told, at once when it is decided and again in the report. */
export function checkElement({ name, ok, examined, reason }: Check, say: Say): HTMLLIElement {
  const holds = examined === false ? null : ok;
  return element(
    "li",
    { class: holds === null ? "silent" : holds ? "holds" : "fails" },
    mark(holds, say(holds === null ? "notExamined" : holds ? "ok" : "notOk")),
    element(
      "div",
      {},
      element("strong", {}, say(`checks.${name}`)),
      element("p", { lang: "en" }, reason),
      element("code", {}, name),
    ),
  );
}

const SIGNS = new Map<boolean | null, string>([[true, "✓"], [false, "✗"], [null, "–"]]);

/** A sign for the eye, and the word for whoever hears the page: nothing is told by a sign or a colour alone. Null where it stands beside it. */
const mark = (holds: boolean | null, word: string | null): HTMLSpanElement =>
  element(
    "span",
    { class: "mark" },
    element("span", { "aria-hidden": "true" }, SIGNS.get(holds) ?? ""),
    word === null ? null : element("span", { class: "unseen" }, `${word}: `),
  );

function verdict({ verdict: found, checks, about, edition, limits }: Verification, say: Say): HTMLElement {
  const failing = checks.filter(({ ok }) => !ok);
  const withheld = { withheld: String(edition?.withheld.length ?? 0), fields: String(edition?.of ?? 0) };
  const counts = { bad: String(failing.length), all: String(checks.length), ...withheld };
  const isLimited = found !== "bad" && limits.length > 0;
  return element(
    "section",
    { class: found === "bad" ? "halt" : "proof" },
    element("h2", { tabindex: "-1", id: "verdict" }, say(found === "good-redacted" ? "goodRedacted" : isLimited ? "goodWithin" : found, counts)),
    isLimited ? element("p", {}, say("goodWithinMeans")) : null,
    ...(isLimited ? limits.map((limit) => element("p", { lang: "en" }, limit)) : []),
    found === "good-redacted" ? element("p", {}, say("redactedMeans", counts)) : null,
    found === "bad" ? element("p", {}, say("badMeans")) : null,
    found === "bad" ? element("ul", { class: "checks" }, ...failing.slice(0, 1).map((check) => checkElement(check, say))) : null,
    about?.mode === "rehearsal" ? element("p", { class: "mode rehearsal" }, say("rehearsal")) : null,
  );
}

function facts({ about, sealedAt, recordSha256 }: Verification, { file, at }: Occasion, say: Say): HTMLDListElement {
  const sealed = sealedAt && say(sealedAt.by === "signer" ? "sealedBySigner" : "sealedByAuthority", { at: sealedAt.at });
  const ending = about?.result ? say(about.result) : say("unknown");
  return element(
    "dl",
    {},
    ...(about
      ? [
          pair(say("ceremony"), element("span", {}, about.title, " ", measured(about.ceremony))),
          pair(say("mode"), say(about.mode === "rehearsal" ? "modeRehearsal" : "modeProduction")),
          pair(say("result"), ending),
        ]
      : []),
    pair(say("sealedAt"), sealed ?? say("unknown")),
    pair(say("file"), file),
    pair(say("fileHash"), measured(recordSha256.match(/.{4}/g)?.join(" ") ?? "")),
    pair(say("checkedAt"), say("checkedOn", { at: at.toISOString() })),
  );
}

/** What follows, or that nothing was shown of it. */
export function conclusion({ name, holds, restsOn, authorities, assumes }: Conclusion, anchors: readonly Anchor[], say: Say): HTMLLIElement {
  const word = say(holds === null ? "silent" : holds ? "holds" : "fails");
  const meant = ({ kind, sha256 }: Anchor) => restsOn.includes(kind) && (authorities.length === 0 || kind !== "time-stamp-authority" || authorities.includes(sha256));
  const brought = anchors.filter(meant);
  const named = brought.map(({ kind, sha256 }) => `${say(`anchors.${kind}`)} (${sha256.slice(0, 8)}…)`);
  const grounds = restsOn.length === 0 ? say("restsOnNothing") : named.join(", ");
  const why = `${say("restsOn")} ${grounds}.${assumes.length > 0 ? ` ${say("assumes")} ${assumes.join(", ")}.` : ""}`;
  return element(
    "li",
    { class: holds === null ? "silent" : holds ? "holds" : "fails" },
    mark(holds, holds === null ? null : word),
    element(
      "div",
      {},
      element("strong", {}, holds === null ? `${word}: ` : "", say(`conclusions.${name}`)),
      holds === null ? null : element("p", { class: "quiet" }, why),
    ),
  );
}

function anchorElement({ kind, name, sha256, brought }: Anchor, say: Say): HTMLElement {
  const how = say(brought === "whole" ? "broughtWhole" : "broughtFingerprint");
  const title = `${say(`anchorTitles.${kind}`)}${name === null ? "" : ` ${name}`}: ${how}`;
  return element("section", { class: "framed" }, element("p", {}, title), hexElement(sha256), hashElement(sha256));
}

const files = ({ evidence }: Verification, say: Say): Node[] => [
  element("h2", {}, say("evidenceTitle")),
  element("p", { class: "quiet" }, say("evidenceAbout")),
  element("dl", { class: "files" }, ...evidence.map(({ name, sha256 }) => pair(name ?? say("unnamed"), measured(sha256)))),
];
