/** The exception sheet that two readings which differ have opened: what is known of it, and its number. Whoever notes completes it. */
export type OpenSheetView = Pick<DeviationView, "number" | "class" | "at" | "expected" | "happened"> & { readonly step: string };

/** Somebody's initials, under a sheet or in the column of the script. */
export type InitialsView = { readonly name: string; readonly initials: string; readonly at: string };

export type DeviationView = {
  /** Of its sheet, from 1, in the order in which they were opened. */
  readonly number: number;
  /** When two readings that differ opened it; null where whoever noted it did. */
  readonly openedAt: string | null;
  readonly seq: number;
  readonly class: "A" | "B" | "C" | "D";
  readonly at: string;
  readonly name: string;
  readonly step: string | null;
  readonly expected: string;
  readonly happened: string;
  readonly decided: string;
  readonly decidedBy: readonly string[];
  readonly initials: readonly InitialsView[];
  /** Names of those who are here, may initial it and have not. */
  readonly missing: readonly string[];
  /** Those who were there and did not initial it, with the reason and who said so. */
  readonly withheld: readonly { readonly name: string; readonly by: string; readonly reason: string }[];
  /** Whether it has been read aloud before the signatures. */
  readonly read: boolean;
};

/** What was signed about a step on paper; complete with the second signature. */
export type PaperView = {
  readonly began: string;
  readonly ended: string;
  readonly account: string;
  readonly kept: string;
  /** The number of the exception sheet that says why. */
  readonly deviation: number;
  readonly by: readonly string[];
  readonly complete: boolean;
};

/** What a witness released of their notebook. */
export type NotebookView = {
  readonly name: string;
  readonly at: string;
  readonly statementHash: string;
  readonly pages: readonly { readonly page: number; readonly at: string; readonly text: string }[];
};
