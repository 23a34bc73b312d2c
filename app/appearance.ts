/** How the pages look: as the device asks, or as chosen here and kept in a cookie that holds nothing else. */
export const APPEARANCES = ["system", "light", "dark", "contrast"] as const;
export type Appearance = (typeof APPEARANCES)[number];
export const APPEARANCE_COOKIE = "claviger-appearance";

export const appearanceOf = (value: string | undefined): Appearance => APPEARANCES.find((one) => one === value) ?? "system";
