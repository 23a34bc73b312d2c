import type { work as english } from "../en/work";
import type { Translation } from "../translation";

export const work: Translation<typeof english> = {
  theToken: "Token",
};
