import type { ClauseSource } from "./clause";
import { all, done, doneWith, nothing, ofKind } from "./find-evidence";
import { keysHeldAgainstListings, onEachKey } from "./find-key-evidence";
import { dutiesAccepted } from "./find-people";

const KEPT_INSIDE = onEachKey("prove-not-exportable");

export const PCI_DSS: ClauseSource = {
  source: "PCI DSS 4.0, requirements 3.6 and 3.7",
  clauses: [
    {
      id: "3.6.1.1", asks: "For service providers: a description names algorithms, keys, their strength and their use.",
      evidence: doneWith("creates"),
    },
    { id: "3.6.1.1", asks: "It names the date on which each key expires.", evidence: nothing },
    {
      id: "3.6.1.1", asks: "It names the HSM in which these keys are, by kind and serial number.",
      evidence: all(ofKind("recorder-attached"), doneWith("creates")),
    },
    { id: "3.6.1.1", asks: "It lists every HSM and other device that manages keys, and where it is.", evidence: nothing },
    { id: "3.6.1.1", asks: "No key serves both production and test.", evidence: nothing },
    {
      id: "3.6.1.2", asks: "Secret and private keys are stored in a protected form, such as inside an HSM.",
      evidence: KEPT_INSIDE,
    },
    // What people enter in two parts are PINs, and keys of backups: components of the keys themselves are in nobody's hands here.
    { id: "3.6.1.3", asks: "As few custodians as possible have access to components of keys in clear text.", evidence: nothing },
    { id: "3.6.1.4", asks: "Keys are stored in as few places as possible.", evidence: nothing },
    { id: "3.7.1", asks: "Strong keys are made.", evidence: doneWith("creates") },
    { id: "3.7.2", asks: "Keys are distributed securely.", evidence: done("clone-key") },
    { id: "3.7.3", asks: "Keys are stored securely.", evidence: KEPT_INSIDE },
    { id: "3.7.4", asks: "A key is changed when its cryptoperiod ends.", evidence: nothing },
    {
      id: "3.7.5", asks: "A key is retired, replaced or destroyed when it is no longer needed or no longer trusted.",
      evidence: done("destroy-key", "zeroise-token"),
    },
    { id: "3.7.6", asks: "Where people handle keys in clear text, knowledge is split and control is dual.", evidence: nothing },
    { id: "3.7.7", asks: "Nobody can put another key in the place of one unseen.", evidence: keysHeldAgainstListings },
    { id: "3.7.8", asks: "Custodians acknowledge their duties, in writing or electronically.", evidence: dutiesAccepted },
  ],
};
