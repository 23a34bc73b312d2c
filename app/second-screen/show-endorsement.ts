import type { Reading } from "#lib/carried/read-carried";
import type { EndorsementStatement } from "#lib/ceremony/endorsement";
import { element } from "../plain-pages/element";
import { hashElement } from "../plain-pages/hash-element";
import { doubted, signerSection } from "./show-statement";
import type { Say, TextKey } from "./texts";

/** What is agreed to or said outside of any room: the sentence, the document by its words, and the words that are signed. */
export function showEndorsement({ statement, text, hash, doubts }: Extract<Reading, { kind: "endorsement" }>, say: Say): Node[] {
  const { person, role, mode } = statement;
  return [
    element("p", { class: `mode ${mode}` }, say(mode)),
    element("h2", { tabindex: "-1" }, sentenceOf(statement, say)),
    ...(doubts.length === 0 ? [] : [doubted(doubts, say)]),
    ...(statement.what === "duties" ? [element("blockquote", { class: "spoken" }, statement.says)] : []),
    element("p", {}, `${say("dated")}: ${new Date(statement.at).toLocaleString([], { timeZoneName: "short" })}`),
    element("h3", {}, say("documentTitle")),
    element("p", { class: "quiet" }, say(DOCUMENTS[statement.what])),
    hashElement(statement.hash),
    element("h3", {}, say("compareTitle")),
    element("p", {}, say("compareOwn")),
    signerSection({ name: person, role, hash, text }, say),
  ];
}

const DOCUMENTS: Readonly<Record<EndorsementStatement["what"], TextKey>> = {
  roster: "documentRoster",
  script: "documentScript",
  duties: "documentDuties",
  passkey: "documentPasskey",
  "key-state": "documentKeyChange",
  finding: "documentFinding",
  grant: "documentGrant",
};

function sentenceOf(statement: EndorsementStatement, say: Say): string {
  switch (statement.what) {
    case "roster":
      return say("endorseRoster", { version: String(statement.version) });
    case "script":
      return say("endorseScript", { title: statement.title, edition: String(statement.edition) });
    case "duties":
      return say("acceptDuties");
    case "passkey":
      return say("testPasskey");
    case "key-state":
      return say("changeKey", { label: statement.label, from: say(`state.${statement.from}`), to: say(`state.${statement.to}`) });
    case "finding":
      return say("explainFinding", { token: statement.token });
    case "grant":
      return say("grantAccount", { account: statement.account, edition: String(statement.edition), until: statement.until });
  }
}
