import { ok } from "#lib/result";
import { forPeople } from "../interface";

/** Who is signed in, until when, and whether they may act. */
export const GET = forPeople((_, { person, canSign, expires }) => Promise.resolve(ok({ person, canSign, expires })));
