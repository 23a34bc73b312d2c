import { z } from "zod";
import { object } from "#lib/conduct/objection";
import { shareBrowser } from "#lib/conduct/share-browser";
import { looksInto } from "#lib/wiring";
import { peoplePorts, roomPorts } from "#lib/wiring/parts";
import { forPeople } from "../../../interface";

/** From now on this browser is passed from hand to hand in this room, and is nobody's. */
export const POST = forPeople(async ({ params }, actor) => {
  const id = params["id"] ?? "";
  return (await looksInto(id, actor.person)) ? shareBrowser(roomPorts(), peoplePorts(), actor, id) : object("NOT-FOUND");
}, z.strictObject({}));
