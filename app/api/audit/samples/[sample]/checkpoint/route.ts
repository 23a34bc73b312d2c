import { sampleCheckpoint } from "#lib/conduct/take-sample";
import { samplePorts } from "#lib/wiring/desk";
import { forPeople } from "../../../../interface";

/** The checkpoint that a sample will be drawn with, once the log has signed it: a browser keeps it, and then shows the words. */
export const GET = forPeople(({ params }, actor) => sampleCheckpoint(samplePorts(), actor, `sample/${params["sample"] ?? ""}`));
