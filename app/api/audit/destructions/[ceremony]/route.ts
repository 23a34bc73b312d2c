import { destroyRecord, orderDestruction, withdrawDestruction } from "#lib/conduct/destroy-record";
import { destructionPorts } from "#lib/wiring/desk";
import { forPeople } from "../../../interface";
import { Destruction } from "../../desk.schema";

/** The end of a record whose time is over: an administrator orders it, a second person does it, or anybody takes it back. */
export const POST = forPeople(({ params, form }, actor) => {
  const ceremony = params["ceremony"] ?? "";
  if (form.act === "order") return orderDestruction(destructionPorts(), actor, ceremony, form);
  return form.act === "withdraw"
    ? withdrawDestruction(destructionPorts(), actor, ceremony)
    : destroyRecord(destructionPorts(), actor, ceremony);
}, Destruction);
