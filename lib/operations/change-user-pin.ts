import { pinChange } from "./pin-change";

/** The user PIN of another token: `{token}`. */
export const changeUserPin = pinChange("change-user-pin", "user", {
  example: [{ operation: "change-user-pin", token: "vault" }],
  work: {
    en: { doing: "changing the user PIN of {token}" },
    de: { doing: "ändert die Benutzer-PIN von {token}" },
  },
});
