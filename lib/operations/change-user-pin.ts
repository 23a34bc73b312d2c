import { pinChange } from "./pin-change";

/** The user PIN of another token: `{token}`. */
export const changeUserPin = pinChange("change-user-pin", "user");
