import { changePerson } from "#lib/conduct/change-person";
import { peoplePorts } from "#lib/wiring/parts";
import { forAdministrators } from "../../interface";
import { Person } from "../person.schema";

/** Changes what is known of a person, or disables them. */
export const PUT = forAdministrators(
  ({ params, form }, administrator) => changePerson(peoplePorts(), administrator, params["person"] ?? "", form),
  Person,
);
