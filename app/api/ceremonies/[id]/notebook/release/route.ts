import { proposeRelease } from "#lib/conduct/notebook";
import { notebookStore, roomPorts } from "#lib/wiring/parts";
import { forPeople } from "../../../../interface";

/** The statement that releases my notebook, for me to sign. The browser compares it with the pages it shows. */
export const GET = forPeople(({ params }, actor) => proposeRelease(roomPorts(), notebookStore(), actor, params["id"] ?? ""));
