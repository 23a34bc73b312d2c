import type { Entry } from "../../ceremony/entry";
import type { OperationBook } from "../../ceremony/operation";
import { CA_BROWSER_BASELINE } from "./ca-browser-baseline";
import type { ClauseSource, Told } from "./clause";
import { ETSI_EN_319_411_1 } from "./etsi-en-319-411-1";
import { GDPR } from "./gdpr";
import { HIPAA } from "./hipaa";
import { NIST_SP_800_57 } from "./nist-sp-800-57";
import { PCI_DSS } from "./pci-dss";
import { SCRIPT_SECTIONS } from "./script-sections";
import { SOC_2 } from "./soc-2";

export const CLAUSE_SOURCES: readonly ClauseSource[] = [
  ETSI_EN_319_411_1, CA_BROWSER_BASELINE, SCRIPT_SECTIONS, PCI_DSS, SOC_2, HIPAA, GDPR, NIST_SP_800_57,
];

/** A clause with the numbers of the entries that speak to it; none: not evidenced. */
export interface MappedClause {
  id: string;
  asks: string;
  entries: number[];
}
export interface MappedSource {
  source: string;
  about?: string;
  clauses: MappedClause[];
}

/** What entries tell, for clauses to look into. */
export const toldBy = (entries: readonly Entry[], book: OperationBook): Told => ({
  entries,
  opened: entries.find((entry) => entry.kind === "ceremony-opened") ?? null,
  effect: (operation) => book.find(operation)?.effect ?? null,
});

/** Every clause of every source, each with where these entries speak to it. */
export const clauseMap = (entries: readonly Entry[], book: OperationBook): MappedSource[] => {
  const told = toldBy(entries, book);
  return CLAUSE_SOURCES.map(({ source, about, clauses }) => ({
    source,
    ...(about !== undefined && { about }),
    clauses: clauses.map(({ id, asks, evidence }) => ({ id, asks, entries: [...evidence(told)] })),
  }));
};
