import { holdRecord } from "#lib/conduct/hold-record";
import { deskPorts, isClosed } from "#lib/wiring/desk";
import { forPeople } from "../../../interface";
import { Hold } from "../../desk.schema";

/** A legal hold on a record: asked for, confirmed, and lifted again, by two people each time. */
export const POST = forPeople(
  ({ params, form }, actor) => holdRecord({ ...deskPorts(), isClosed }, actor, params["ceremony"] ?? "", form),
  Hold,
);
