import { setTimeout as sleep } from "node:timers/promises";
import { rosterChanges } from "#lib/ceremony/roster-changes";
import { endorsersOf, type Roster } from "#lib/ceremony/roster";
import { rosterChangeSentence } from "#lib/conduct/roster-change-sentence";
import { valuesOf } from "#lib/log/commitment";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import type { WorkerEnv } from "#worker/env";
import { WorkerMemory } from "#worker/memory";
import { askPerson } from "./ask-person";
import { inFours, inLines, NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { printable } from "./printable";
import { publishedRosters, type Published } from "./published-rosters";
import { workerEnv } from "./worker-console";

const USAGE = `claviger roster show
claviger roster trust VERSION|HASH [--words "FIRST LAST"]

  show lists the rosters that the app published, newest first, which of them this worker trusts, and whose signatures are awaited.
  trust shows a roster's hash in words. Compare them aloud with the app's screen; then type the first and the last word.
  It is for version 1. Every later version the worker trusts by itself, once the quorum of the version before has signed it
  in the app; trust one of those here only in an emergency, when too few of them can sign.
  --words gives them for scripts. VERSION is a number, or rehearsal/1, production/1.`;

/** How long a running worker is waited for, which must seal what is trusted. */
const SEALED_MS = 20_000;

/** `claviger roster`: whom this worker believes. */
export async function rosterCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: ["words"], flags: [], usage: USAGE });
  const [act, which, ...more] = rest;
  if (more.length > 0) throw new Unusable(USAGE);
  const env = workerEnv();
  const memory = new WorkerMemory(env.stateFolder);
  const published = await publishedRosters(env.databaseUrl);
  if (act === "show" && which === undefined) return show(published, memory);
  if (act === "trust" && which !== undefined) return trust(find(published, which, env), published, memory, values.words ?? null);
  throw new Unusable(USAGE);
}

function show(published: readonly Published[], memory: WorkerMemory): ExitCode {
  if (published.length === 0) {
    console.log("No roster was published yet. The administrator does it in the app, under People.");
    return 0;
  }
  const blocks = published.map((one) => {
    const { row, roster } = one;
    const trusted = memory.isPinned(row.hash);
    const title = `${roster.mode}/${String(roster.version)}`.padEnd(14);
    const published = `published ${row.createdAt.slice(0, 16).replace("T", " ")} UTC`;
    const [needed, custodians] = [String(roster.quorum.approve), String(endorsersOf(roster).length)];
    return [
      `${title}  ${trusted ? "trusted here    " : "not trusted here"}  ${published}`,
      `  ${row.hash}`,
      `  ${String(roster.people.length)} people; ${needed} of ${custodians} custodians decide what comes after it`,
      ...(trusted ? [] : signaturesOf(one)),
    ].join("\n");
  });
  console.log(blocks.join("\n\n"));
  return 0;
}

/** Who has signed it and who is awaited, a line each. */
function signaturesOf({ endorsed }: Published): string[] {
  if (!endorsed) return ["  a first version: compare its words aloud, then claviger roster trust"];
  const { by, awaited, needed } = endorsed;
  return [
    `  signed by ${String(by.length)} of the ${String(needed)} it needs${by.length > 0 ? `: ${by.join(", ")}` : ""}`,
    ...(by.length < needed ? [`  awaited: ${awaited.join(", ")}`] : []),
  ];
}

function find(published: readonly Published[], which: string, env: WorkerEnv): Published {
  const [mode, number] = which.includes("/") ? which.split("/", 2) : [null, which];
  const found = published.filter(
    ({ row, roster }) =>
      row.hash === which ||
      (String(roster.version) === number && (mode === null ? roster.mode === env.mode : roster.mode === mode)),
  );
  const [one] = found;
  if (!one) throw new Unusable(`No roster ${which} was published. See: claviger roster show`);
  if (found.length > 1)
    throw new Unusable(`There are several rosters of version ${which}: say rehearsal/${which} or production/${which}.`);
  if (one.roster.mode !== env.mode)
    throw new NotDone(`This worker takes no part in a ${one.roster.mode}: CLAVIGER_WORKER_MODE is ${env.mode}.`);
  return one;
}

async function trust(
  { row, roster, endorsed }: Published,
  published: readonly Published[],
  memory: WorkerMemory,
  words: string | null,
): Promise<ExitCode> {
  if (memory.isPinned(row.hash)) {
    console.log(`Roster ${roster.mode}/${String(roster.version)} is trusted here already.`);
    return 0;
  }
  if (roster.prev !== null && !memory.isPinned(roster.prev)) {
    const before = published.find((one) => one.row.hash === roster.prev);
    const earlier = before ? `${roster.mode}/${String(before.roster.version)}` : roster.prev;
    throw new NotDone(
      `The version before it was never trusted here. Trust the versions in their order: claviger roster trust ${earlier}`,
    );
  }
  const newest = Math.max(
    0,
    ...published.flatMap((one) => (one.roster.mode === roster.mode && memory.isPinned(one.row.hash) ? [one.roster.version] : [])),
  );
  if (roster.version <= newest)
    throw new NotDone(
      `Version ${String(newest)} of the ${roster.mode} roster is trusted here; ${String(roster.version)} does not come after it.`,
    );
  const said = hashWords(fromHex(row.hash));
  if (endorsed) console.log([...emergency(roster, endorsed), ""].join("\n"));
  console.log(
    [
      describe(row, roster),
      ...describeChanges(row, roster, published),
      "",
      "SHA-256 of this roster:",
      `  ${inFours(row.hash)}`,
      inLines(said),
      "",
    ].join("\n"),
  );
  const typed = words ?? (await askPerson("Compare the words aloud with the app's screen. Then type the first and the last word: ", "--words"));
  if (typed.trim().toLowerCase().split(/\s+/).join(" ") !== `${said[0] ?? ""} ${said.at(-1) ?? ""}`.toLowerCase()) {
    throw new NotDone("These are not the first and the last word. Nothing was trusted.");
  }
  memory.askToPin(roster, new Date().toISOString());
  for (const end = Date.now() + SEALED_MS; Date.now() < end && !memory.isPinned(row.hash);) await sleep(100);
  console.log(
    memory.isPinned(row.hash)
      ? `Roster ${roster.mode}/${String(roster.version)} is trusted, and sealed with the recorder key.`
      : `Roster ${roster.mode}/${String(roster.version)} will be sealed and trusted when the worker runs the next time.`,
  );
  return 0;
}

/** That this is not the ordinary way, before anybody types a word. */
function emergency({ mode, version }: Roster, { by, needed }: NonNullable<Published["endorsed"]>): string[] {
  return [
    `This is for an emergency. The worker trusts ${mode}/${String(version)} by itself, once ${String(needed)} custodians of the version`,
    `before have signed it in the app, under People; ${by.length === 0 ? "nobody has yet" : `so far: ${by.join(", ")}`}.`,
    "Trust it here only when too few of them can, and write into the minutes why.",
  ];
}

/** Who is on it, by the names the openings say; a name that is not the committed one is not shown. */
function describe(row: Published["row"], roster: Roster): string {
  const value = valuesOf(row.openings);
  const people = roster.people.map(({ person, name, title, roles, passkeys }) => {
    const called = printable(value(name) ?? person);
    const named = `${called}${value(title) ? `, ${printable(value(title) ?? "")}` : ""}`;
    return `  ${named}: ${roles.join(", ")}; ${String(passkeys.length)} passkey${passkeys.length === 1 ? "" : "s"}`;
  });
  const organisation = printable(value(roster.organisation) ?? "an unnamed organisation");
  return [
    `Roster ${roster.mode}/${String(roster.version)} of ${organisation}, for ${printable(roster.rp.origins.join(", "))}:`,
    ...people,
  ].join("\n");
}

/** What is other than in the version before, which is trusted here: a quiet change must not hide among the names. */
function describeChanges(row: Published["row"], roster: Roster, published: readonly Published[]): string[] {
  const before = published.find((one) => one.row.hash === roster.prev);
  if (!before) return [];
  const value = valuesOf([...row.openings, ...before.row.openings]);
  const changes = rosterChanges(before.roster, roster, value).map((change) => `  ${printable(rosterChangeSentence(change))}`);
  return [
    "",
    `Changed since ${before.roster.mode}/${String(before.roster.version)}, which is trusted here:`,
    ...(changes.length > 0 ? changes : ["  nothing"]),
  ];
}
