import { Unusable, type Command, type ExitCode } from "./commands/command";

const USAGE = `claviger: key ceremonies whose record proves itself

  claviger verify RECORD.pdf --trust TRUST-ANCHOR.pem [--json]   check a record, offline
  claviger record renew RECORD.pdf … --out FILE.pdf              make a sealed record last: time stamps and what they rest on
  claviger record redact RECORD.pdf … --out FILE.pdf             an edition from which names and texts are taken out
  claviger record pack RECORD.pdf … --out FILE.zip               the record and all that is in it, as one archive
  claviger script lint FILE... [--profile PROFILE] [--json]      say what is wrong with a script, before anybody is in the room
  claviger script print FILE [--copies N] [--out FILE.pdf]       draw it for the table, with room for initials and time
  claviger rehearse SCRIPT.yaml [--write]                        play it on throw-away tokens, compare with the reviewed transcript
  claviger init [--organisation NAME] [--json]                   make this worker's recorder key and certificates
  claviger recorder request|certify                              a certificate of the recorder's key by an organisation's CA
  claviger roster show                                           the rosters published, and which are trusted here
  claviger roster trust VERSION|HASH [--words "FIRST LAST"]      trust a roster at this worker's console
  claviger transcript trust CEREMONY                             tell a worker with an empty folder what a transcript was
  claviger token init [--trusted-key]                              initialise a token that does not exist yet
  claviger token show [--json]                                   say which token the worker's environment names
  claviger give-up CEREMONY                                      close an aborted ceremony whose other token is lost for good
  claviger admin invite --name NAME --title TITLE                a one-use link for the first administrator
  claviger second-screen [--out FOLDER]                           make the second screen from these sources, and say its hash
  claviger verifier [--out FILE.html]                            make the page that checks records, as one file, and say its hash
  claviger log monitor URL --key KEY --state FOLDER              watch a transparency log from outside; claviger log key makes KEY
  claviger log show|trust|check|events|uses                      look after the log, on the host of the worker that keeps it
  claviger sample POPULATION.json --size N --seed SEED           draw a sample of the auditor's desk again
  claviger rebuild                                               make the lists of ceremonies again from the transcripts
  claviger help                                                  this text

init, recorder, roster, transcript, token, give-up and the last of log run on the worker's host with the worker's environment; admin and rebuild with the app's.
Exit code: 0 done, 1 not done, 2 the input cannot be used.`;

/** Each command is loaded when it is asked for: `verify` runs where there is neither a database nor a token. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  verify: async () => (await import("./commands/verify")).verifyCommand,
  record: async () => (await import("./commands/record")).recordCommand,
  script: async () => (await import("./commands/script")).scriptCommand,
  rehearse: async () => (await import("./commands/rehearse")).rehearseCommand,
  init: async () => (await import("./commands/init")).initCommand,
  recorder: async () => (await import("./commands/recorder")).recorderCommand,
  roster: async () => (await import("./commands/roster")).rosterCommand,
  transcript: async () => (await import("./commands/transcript")).transcriptCommand,
  token: async () => (await import("./commands/token")).tokenCommand,
  "give-up": async () => (await import("./commands/give-up")).giveUpCommand,
  admin: async () => (await import("./commands/admin")).adminCommand,
  "second-screen": async () => (await import("./commands/second-screen")).secondScreenCommand,
  verifier: async () => (await import("./commands/verifier")).verifierCommand,
  log: async () => (await import("./commands/log")).logCommand,
  sample: async () => (await import("./commands/sample")).sampleCommand,
  rebuild: async () => (await import("./commands/rebuild")).rebuildCommand,
};

/** Runs the command that the arguments name; answers the exit code and throws nothing that a person is not told. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const [name = "help", ...rest] = args;
  if (["help", "--help", "-h"].includes(name)) {
    console.log(USAGE);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    console.error(`There is no command ${name}.\n\n${USAGE}`);
    return 2;
  }
  try {
    return await (await load())(rest);
  } catch (fault) {
    if (!(fault instanceof Error)) throw fault;
    console.error(fault.message === "" ? fault.name : fault.message);
    return fault instanceof Unusable ? 2 : 1;
  }
}
