import type { Block } from "./followed-ceremony";

/** What people are told when the worker does not go on with a ceremony, and what they can do about it. */
export function blockSentence({ code, facts }: Block): { readonly sentence: string; readonly remedy: string } {
  const fact = (name: string) => String(facts[name] ?? "");
  switch (code) {
    case "ROSTER-PINNED":
      return {
        sentence: `This worker does not trust the roster ${fact("roster").slice(0, 12)}…: its quorum is still awaited, or it is a first version.`,
        remedy: `Let its custodians sign it under People. A first version is trusted on the worker's host: claviger roster trust ${fact("roster")}`,
      };
    case "ROSTER-NEWEST":
      return {
        sentence: `The ceremony was opened with roster version ${fact("version")}, and version ${fact("newest")} is trusted here since: who was taken out of it would count again.`,
        remedy: "Abort this ceremony, and open it again with the newest roster.",
      };
    case "MODE-ACCEPTED":
      return {
        sentence: `This worker takes no part in a ceremony that is a ${fact("mode")}.`,
        remedy: "Use a worker whose CLAVIGER_WORKER_MODE is this mode.",
      };
    case "CLOCK-AHEAD":
      return {
        sentence: `Entry ${fact("seq")} is dated ${fact("at")}, more than two minutes ahead of the worker's clock.`,
        remedy: "Set the clocks of app and worker by the same source; the worker goes on when the time has come.",
      };
    case "OPENING-AHEAD":
      return {
        sentence: `The step was opened by entry ${fact("seq")}, dated ${fact("at")}, which this worker saw while that time had not come; nothing is done under it.`,
        remedy: "Find out who wrote it. To go on, stop the ceremony, note a deviation at this step, and open the step again: everybody is asked anew.",
      };
    case "CLOCK-BEHIND":
      return {
        sentence: `Entry ${fact("seq")} is dated ${fact("at")}, and was not there when the worker looked at ${fact("looked")}.`,
        remedy: "Set the clocks of app and worker by the same source, note a deviation, and start the worker again.",
      };
    case "TRANSCRIPT-ROLLBACK":
      return {
        sentence: `The transcript in the database is not the one this worker has verified: entry ${fact("seq")} was changed or taken away.`,
        remedy: "Treat it as an attack on the database: keep the worker's state folder, and compare it with backups.",
      };
    case "TRANSCRIPT-UNKNOWN":
      return {
        sentence: "This worker's recorder takes part in the ceremony, and this worker remembers nothing of it: entries may have been taken away since.",
        remedy: `Compare the last entry with what the room saw. Then, on the worker's host: claviger transcript trust ${fact("ceremony")}`,
      };
    case "RECORDER-MINE":
      return {
        sentence: "Another recorder is attached to this ceremony; this worker does nothing for it.",
        remedy: "If the other worker and its token are not known to you, abort the ceremony.",
      };
    case "RECORD-MINE":
      return {
        sentence: `The record that the database keeps of this ceremony is not the one this worker sealed (${fact("why")}).`,
        remedy: "Treat it as an attack on the database. Copy that row and take it away: the worker then seals the true record.",
      };
    case "RECORD-SEALED":
      return {
        sentence: `The record could not be sealed: ${fact("why")}. The next try is at ${fact("again").slice(11, 19)} UTC.`,
        remedy: "Nothing of the transcript is lost, and other ceremonies go on. Tell whoever looks after the software what stands here.",
      };
    case "LOG-COMPLETE":
      return {
        sentence: "The record waits for the transparency log, which does not have every entry yet.",
        remedy: `Nothing, the worker goes on by itself. At ${fact("until").slice(11, 19)} UTC the record is sealed without the log's proof, and says so; the proof can be made later.`,
      };
    case "TIME-STAMPED":
      return {
        sentence: `The record waits for its time stamp: ${fact("why")}. The next try is at ${fact("again").slice(11, 19)} UTC.`,
        remedy: "The worker goes on by itself when the authority does. To do without, start the worker without CLAVIGER_TSA_URL.",
      };
    case "OTHER-TOKEN-LISTED":
      return {
        sentence: `The script works on a token called ${fact("name")}, and this worker knows none of that name.`,
        remedy: "Describe it in the file that CLAVIGER_OTHER_TOKENS_FILE names, and start the worker again.",
      };
    case "OTHER-TOKEN-THERE":
      return {
        sentence: `The token called ${fact("name")} is not there (${fact("why")}).`,
        remedy: [
          "Connect it; the worker goes on by itself, and looks at what was begun before it does anything. If it is lost for good, ",
          "abort the ceremony and say so on the worker's host: claviger give-up CEREMONY",
        ].join(""),
      };
    case "OTHER-TOKEN-SERIAL":
      return {
        sentence: `Under the name ${fact("name")} stands a token with the serial number ${fact("found")}; people agreed to ${fact("expected")}.`,
        remedy: "Connect the device that was announced. To use another one, abort this ceremony and open it again.",
      };
    case "OTHER-TOKEN-PIN":
      return pinSentence(fact("name"), fact("why"));
    case "OTHER-TOKEN-UNABLE":
      return {
        sentence: `The script asks for ${fact("operation")} on the token called ${fact("name")}, which cannot be done there (${fact("why")}).`,
        remedy: unableRemedy(fact("why")),
      };
    default:
      return {
        sentence: `Entry ${fact("seq")} of the transcript breaks the rule ${code}; this worker does nothing more for the ceremony.`,
        remedy: `Read docs/invariants/${code}.md, and find out who wrote that entry.`,
      };
  }
}

function pinSentence(name: string, why: string): ReturnType<typeof blockSentence> {
  switch (why) {
    case "missing":
      return {
        sentence: `The worker has no PIN for the token called ${name}.`,
        remedy: "Name its PIN file in the list of other tokens and start the worker again, or have custodians enter it by unlock-token.",
      };
    case "changed":
      return {
        sentence: `Custodians have set another PIN for the token called ${name} than the one in its PIN file, which is not tried.`,
        remedy: "Write the new PIN into that file, or have custodians enter it by unlock-token. The worker goes on by itself.",
      };
    default:
      return {
        sentence: `The token called ${name} refused its PIN, and the worker will not try again.`,
        remedy: `Correct the PIN, then remove pin-refused-${name} from the worker's state folder.`,
      };
  }
}

function unableRemedy(why: string): string {
  switch (why) {
    case "LABEL-NOT-LISTED":
      return "Let the list of other tokens and the script name the same label: by it the worker finds the token again.";
    case "PROFILE-HAS-NO-SECURITY-OFFICER-PIN":
      return "Its security officer has no PIN. Abort this ceremony, and make such tokens with: claviger token init";
    default:
      return "Abort this ceremony. Do it with the maker's own tool, and let the script check the result.";
  }
}
