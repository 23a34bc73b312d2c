import { z } from "zod";
import { offerOneAct } from "#lib/conduct/act-by-hand";
import { object } from "#lib/conduct/objection";
import { peoplePorts } from "#lib/wiring/parts";
import { forLookers } from "../../../lookers";

/** A nonce for one act, on a browser that is passed from hand to hand. */
export const POST = forLookers(
  async ({ address }, { shared }) => (shared ? offerOneAct(peoplePorts(), { address }) : object("NOT-FOUND")),
  z.strictObject({}),
);
