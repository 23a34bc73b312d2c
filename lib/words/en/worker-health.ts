/** What a worker says of itself and of what keeps it from going on: as worker/work.ts and worker/blocks.ts write it. */
export const workerHealth = {
  "standing-by": "Another worker serves this token; this one stands by to take over.",
  stopped: "The worker was stopped.",
  "on-break":
    "The worker is logged out of token {serial}: ceremony {ceremonies} is on a break.",
  "token-held":
    "Another process on this worker's host holds token {serial}. The worker goes on when it lets go. On Linux, as root, ss -xlp shows it beside @claviger-token.",
  "token-silent": "Token {serial} does not answer ({why}). The worker goes on by itself when it is back.",
  "pin-refused":
    "The token refused the PIN, and the worker will not try again. Correct the PIN, then remove {path}",
  "no-recorder": "This worker has no recorder key yet. Run on the worker's host: claviger init",
  busy: "The worker is at work: {doing}.",
  sealing: "The worker is at work: sealing a record.",
  trouble: "The worker met a fault it does not know ({why}) and will look again. Its log says more.",
  "log-stopped":
    "Nothing more is put into the log: {why}. Keep the database as it is and compare it with its backups and with what monitors hold.",
  "log-unknown":
    "Nothing is put into the log {origin}: this worker remembers nothing of it, and nobody has said at its console what it was. Run on the worker's host: claviger log trust",
  "log-differs":
    "What the database keeps is not what the log says of it ({what}; {count} in all). Treat it as an attack on the database: keep it as it is. On the worker's host, claviger log check names every row.",
  ready: "The worker watches over token {serial}.",
  "certificate-ends":
    "The worker watches over token {serial}. Within {within} days, on {day}, a certificate under which it seals records ends. On its host: claviger recorder request; let the authority issue a new one; then claviger recorder certify.",
  "certificate-ended":
    "The worker watches over token {serial}. A certificate under which it seals records has ended: its last day was {day}. The verifier refuses a record that is sealed now. On its host: claviger recorder request; let the authority issue a new one; then claviger recorder certify.",
  "certificate-gone":
    "The worker watches over token {serial}. No certificate by the organisation that its environment names is good now: it seals under its own authority alone. On its host: claviger recorder request; let the authority issue a new one; then claviger recorder certify.",
  block: {
    "ROSTER-PINNED":
      "This worker does not trust the roster {rosterStart}…: its quorum is still awaited, or it is a first version. Let its custodians sign it under People. A first version is trusted on the worker's host: claviger roster trust {roster}",
    "ROSTER-NEWEST":
      "The ceremony was opened with roster version {version}, and version {newest} is trusted here since: who was taken out of it would count again. Abort this ceremony, and open it again with the newest roster.",
    "MODE-ACCEPTED":
      "This worker takes no part in a ceremony that is a {mode}. Use a worker whose CLAVIGER_WORKER_MODE is this mode.",
    "CLOCK-AHEAD":
      "Entry {seq} is dated {at}, more than two minutes ahead of the worker's clock. Set the clocks of app and worker by the same source; the worker goes on when the time has come.",
    "OPENING-AHEAD":
      "The step was opened by entry {seq}, dated {at}, which this worker saw while that time had not come; nothing is done under it. Find out who wrote it. To go on, stop the ceremony, note a deviation at this step, and open the step again: everybody is asked anew.",
    "CLOCK-BEHIND":
      "Entry {seq} is dated {at}, and was not there when the worker looked at {looked}. Set the clocks of app and worker by the same source, note a deviation, and start the worker again.",
    "TRANSCRIPT-ROLLBACK":
      "The transcript in the database is not the one this worker has verified: entry {seq} was changed or taken away. Treat it as an attack on the database: keep the worker's state folder, and compare it with backups.",
    "TRANSCRIPT-UNKNOWN":
      "This worker's recorder takes part in the ceremony, and this worker remembers nothing of it: entries may have been taken away since. Compare the last entry with what the room saw. Then, on the worker's host: claviger transcript trust {ceremony}",
    "RECORDER-MINE":
      "Another recorder is attached to this ceremony; this worker does nothing for it. If the other worker and its token are not known to you, abort the ceremony.",
    "RECORD-MINE":
      "The record that the database keeps of this ceremony is not the one this worker sealed ({why}). Treat it as an attack on the database. Copy that row and take it away: the worker then seals the true record.",
    "RECORD-SEALED":
      "The record could not be sealed: {why}. The next try is at {againAt} UTC. Nothing of the transcript is lost, and other ceremonies go on. Tell whoever looks after the software what stands here.",
    "LOG-COMPLETE":
      "The record waits for the transparency log, which does not have every entry yet. Nothing, the worker goes on by itself. At {untilAt} UTC the record is sealed without the log's proof, and says so; the proof can be made later.",
    "TIME-STAMPED":
      "The record waits for its time stamp: {why}. The next try is at {againAt} UTC. The worker goes on by itself when the authority does. To do without, start the worker without CLAVIGER_TSA_URL.",
    "OTHER-TOKEN-LISTED":
      "The script works on a token called {name}, and this worker knows none of that name. Describe it in the file that CLAVIGER_OTHER_TOKENS_FILE names, and start the worker again.",
    "OTHER-TOKEN-THERE":
      "The token called {name} is not there ({why}). Connect it; the worker goes on by itself, and looks at what was begun before it does anything. If it is lost for good, abort the ceremony and say so on the worker's host: claviger give-up CEREMONY",
    "OTHER-TOKEN-SERIAL":
      "Under the name {name} stands a token with the serial number {found}; people agreed to {expected}. Connect the device that was announced. To use another one, abort this ceremony and open it again.",
    "OTHER-TOKEN-PIN":
      "{why, select, missing {The worker has no PIN for the token called {name}. Name its PIN file in the list of other tokens and start the worker again, or have custodians enter it by unlock-token.} changed {Custodians have set another PIN for the token called {name} than the one in its PIN file, which is not tried. Write the new PIN into that file, or have custodians enter it by unlock-token. The worker goes on by itself.} other {The token called {name} refused its PIN, and the worker will not try again. Correct the PIN, then remove pin-refused-{name} from the worker's state folder.}}",
    "OTHER-TOKEN-UNABLE":
      "The script asks for {operation} on the token called {name}, which cannot be done there ({why}). {reason, select, label {Let the list of other tokens and the script name the same label: by it the worker finds the token again.} officer {Its security officer has no PIN. Abort this ceremony, and make such tokens with: claviger token init} other {Abort this ceremony. Do it with the maker's own tool, and let the script check the result.}}",
    RULE:
      "Entry {seq} of the transcript breaks the rule {code}; this worker does nothing more for the ceremony. Read docs/invariants/{code}.md, and find out who wrote that entry.",
  },
} as const;
