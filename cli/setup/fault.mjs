/**
 * Something in the set-up went wrong in a way a person can mend. Says what happened, what was not lost, and what to do now.
 */
export class SetupFault extends Error {
  /**
   * @param {string} happened one sentence
   * @param {{ remedy: string, kept?: string, cause?: unknown }} rest `remedy`: what to do now; `kept`: what was not lost
   */
  constructor(happened, { remedy, kept = "Nothing was changed.", cause }) {
    super(happened, { cause });
    this.name = "SetupFault";
    this.remedy = remedy;
    this.kept = kept;
  }
}

/**
 * Tells a person about a fault on stderr; a stack is printed only for what nobody foresaw.
 * @param {unknown} error
 */
export function sayFault(error) {
  if (error instanceof SetupFault) {
    console.error(`\n${error.message}\n${error.kept}\nWhat to do now: ${error.remedy}`);
    return;
  }
  console.error("\nAn unforeseen error ended this. Running the same command again is safe.");
  console.error(error);
}
