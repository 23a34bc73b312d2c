/** Of what kind a departure from the script was: the tool refused, the procedure, the surroundings, security. */
export const DEVIATION_CLASSES = ["A", "B", "C", "D"] as const;
