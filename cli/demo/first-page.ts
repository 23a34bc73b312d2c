import { CAST, ORGANISATION, type CastMember } from "./cast";
import type { CeremonyShown, Performance } from "./performance";

export type FirstPage = { readonly me: string | null; readonly taken: ReadonlySet<string>; readonly performance: Performance };

const GROUPS = [
  {
    title: "Custodians",
    line: "They read what is about to happen and approve or refuse it with a passkey. Three of the five must approve before the HSM makes or uses a key.",
    seats: ["custodian"],
  },
  {
    title: "Witnesses",
    line: "They check identities, read the serial number off the HSM, and sign for what they saw.",
    seats: ["witness"],
  },
  {
    title: "The operator",
    line: "Opens every step, writes down what was not as scripted, and approves nothing.",
    seats: ["operator"],
  },
  { title: "Looking on", line: "They take no part in any decision at the HSM.", seats: ["auditor", "administrator"] },
] as const;

/** The first page of the demo: what it is, how far the ceremony has come, and a seat for everybody. Works without scripts. */
export function firstPage({ me, taken, performance }: FirstPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Take a seat · Claviger rehearsal</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo/first-page.css">
<script src="/demo/first-page.js" defer></script>
</head>
<body>
<aside class="frame" aria-label="Mode"><p>REHEARSAL</p></aside>
<header><p class="mark">Claviger</p></header>
<main>
<h1>Take a seat at a key ceremony</h1>
<p class="lead">${escaped(ORGANISATION)} is about to make its keys in an HSM, in front of everybody, and to keep a record that proves it.
Step into any person below and see the ceremony from that seat.</p>
${ceremonyPanel(performance.shown(), me)}
<form method="post" action="/demo/step-in">
<input type="hidden" name="start" value="1">
<p class="autopilot"><label><input type="checkbox" name="play" ${performance.playing || me === null ? "checked" : ""}>
<span><strong>Play the others.</strong> Everybody else acts by themselves, one act at a time. You can switch this off at any moment.</span></label></p>
${GROUPS.map(({ title, line, seats }) =>
  group(
    title,
    line,
    CAST.filter(({ role }) => (seats as readonly string[]).includes(role)),
    me,
    taken,
  ),
).join("\n")}
</form>
<aside class="about" aria-label="About this demo">
<p>Nobody here exists. Their passkeys are files on this machine, the HSM is SoftHSM2, and every page and the record say that this is a rehearsal.
The app and the worker behind this page are the ones that run in production: the demo is a separate program in front of them.</p>
${me === null ? "" : `<form method="post" action="/demo/step-out"><button class="quiet">Leave your seat and sign out</button></form>`}
</aside>
</main>
</body>
</html>
`;
}

function ceremonyPanel(shown: CeremonyShown | null, me: string | null): string {
  if (!shown)
    return `<section class="ceremony" aria-label="The ceremony" data-phase="none"><p class="now">The room is being opened.</p></section>`;
  const place = shown.step
    ? `Step ${String(shown.step.number)} of ${String(shown.step.of)}: ${shown.step.title}`
    : "Every step is done";
  const room = me === null ? "" : `<a class="primary" href="/ceremonies/${encodeURIComponent(shown.id)}">Back to the room</a>`;
  const over = shown.phase === "closed";
  return `<section class="ceremony" aria-label="The ceremony" data-phase="${shown.phase}" data-sealed="${String(shown.sealed)}">
<h2>${escaped(shown.title)}</h2>
<p class="now"><span data-live="place">${escaped(over ? endOf(shown) : place)}</span><span class="awaited" data-live="awaited">${escaped(over ? "" : shown.awaited)}</span></p>
${over ? "" : room}
${shown.sealed ? downloads(shown.id) : ""}
${over ? `<form method="post" action="/demo/another"><button class="primary">Start another ceremony</button></form>` : ""}
</section>`;
}

const endOf = ({ result, sealed }: CeremonyShown): string =>
  `${result === "aborted" ? "This ceremony was aborted and is closed." : "This ceremony is complete."} ${sealed ? "Its record is sealed." : "The worker is sealing its record."}`;

function downloads(id: string): string {
  const at = `/demo/ceremonies/${encodeURIComponent(id)}`;
  return `<p class="downloads"><a href="${at}/record.pdf" download>The record (PDF)</a> <a href="${at}/trust-anchor.pem" download>Trust anchor (PEM)</a></p>
<p class="verify">Check it yourself: <code>npx claviger verify record.pdf --rehearsal --trust trust-anchor.pem</code></p>`;
}

function group(
  title: string,
  line: string,
  members: readonly CastMember[],
  me: string | null,
  taken: ReadonlySet<string>,
): string {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return `<section class="group" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p>${line}</p>
<ul>
${members.map((member) => `<li>${seat(member, me, taken)}</li>`).join("\n")}
</ul>
</section>`;
}

function seat(
  { seat: person, initials, name, lang, reading, title, does }: CastMember,
  me: string | null,
  taken: ReadonlySet<string>,
): string {
  const state =
    person === me
      ? `<span class="state mine">Your seat</span>`
      : taken.has(person)
        ? `<span class="state">In another window</span>`
        : "";
  return `<button class="seat" name="person" value="${person}">
<span class="seal" aria-hidden="true">${escaped(initials)}</span>
<span class="who"><span class="name" lang="${lang}">${escaped(name)}</span>${reading ? ` <span class="reading">${escaped(reading)}</span>` : ""}
<span class="title">${escaped(title)}</span></span>
${does === undefined ? "" : `<span class="does">${escaped(does)}</span>`}
${state}
</button>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
