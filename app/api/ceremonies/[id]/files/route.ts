import { keepFile, MOST_BYTES_OF_A_FILE } from "#lib/conduct/keep-file";
import { object } from "#lib/conduct/objection";
import { looksInto } from "#lib/wiring";
import { evidenceShelf, roomPorts } from "#lib/wiring/parts";
import { leaveBody } from "../../../interface";
import { forLookers } from "../../../lookers";
import { readFile } from "../../../read-body";

/**
 * Takes in the bytes of a photograph or a document, so that an act can name it. On a shared browser `?person=` says
 * who is at it: it becomes evidence only by an act, and that is proved by passkey.
 */
export const POST = forLookers(
  async ({ request, params }, { person, actor }) => {
    const id = params["id"] ?? "";
    if (!(await looksInto(id, person))) return object("NOT-FOUND");
    const bytes = await readFile(request, MOST_BYTES_OF_A_FILE);
    if (!bytes.ok) return bytes;
    const at = actor ?? { person: new URL(request.url).searchParams.get("person") ?? "", canSign: true };
    return keepFile(roomPorts(), evidenceShelf(), at, id, bytes.value);
  },
  undefined,
  leaveBody,
);
