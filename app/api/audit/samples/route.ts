import { announceSample } from "#lib/conduct/take-sample";
import { samplePorts } from "#lib/wiring/desk";
import { forPeople } from "../../interface";
import { Announcement } from "../desk.schema";

/** Announces a sample: its population is fixed, and the auditor's words are committed to. */
export const POST = forPeople(({ form }, actor) => announceSample(samplePorts(), actor, form), Announcement);
