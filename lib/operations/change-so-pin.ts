import { pinChange } from "./pin-change";

/** The security officer's PIN of another token: `{token}`. */
export const changeSoPin = pinChange("change-so-pin", "security-officer");
