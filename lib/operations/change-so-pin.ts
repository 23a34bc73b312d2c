import { pinChange } from "./pin-change";

/** The security officer's PIN of another token: `{token}`. */
export const changeSoPin = pinChange("change-so-pin", "security-officer", {
  example: [{ operation: "change-so-pin", token: "vault" }],
  work: {
    en: { doing: "changing the security officer's PIN of {token}" },
    de: { doing: "ändert die PIN des Sicherheitsbeauftragten von {token}" },
  },
});
