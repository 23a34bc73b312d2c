/** Who looks into a room on a browser that is passed from hand to hand in it. No person's id has a colon in it. */
export const sharedReader = (ceremony: string): string => `shared:${ceremony}`;
