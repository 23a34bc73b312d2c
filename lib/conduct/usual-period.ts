/** What is proposed where a key has no cryptoperiod. SP 800-57 part 1 rev. 5 leaves it to each purpose; scripts of rotations are written for a quarter. */
export const USUAL_DAYS = 90;
