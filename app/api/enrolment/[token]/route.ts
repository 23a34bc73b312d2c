import { z } from "zod";
import { enrolPasskey, offerEnrolment } from "#lib/conduct/enrol-passkey";
import { peoplePorts } from "#lib/wiring/parts";
import { forAnyone } from "../../interface";

/** Whose link it is, and what their browser needs to register a passkey. */
export const GET = forAnyone(({ params, address }) => offerEnrolment(peoplePorts(), { token: params["token"] ?? "", address }));

const Enrol = z.strictObject({ registration: z.looseObject({}), label: z.string().optional() });

/** Registers it; the link works once. */
export const POST = forAnyone(
  ({ params, address, form }) => enrolPasskey(peoplePorts(), { token: params["token"] ?? "", address, ...form }),
  Enrol,
);
