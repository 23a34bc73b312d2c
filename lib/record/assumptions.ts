/** Something a record cannot show by itself and that its reader has to take from elsewhere. */
export type Assumption = { readonly id: string; readonly sentence: string };

/**
 * What every record rests on beside mathematics, printed in it and explained in docs/threat-model.md (a test keeps the
 * two lists equal). Numbers are never given to another assumption: records that were sealed keep quoting them.
 */
export const ASSUMPTIONS: readonly Assumption[] = [
  { id: "A1", sentence: "The recorder's certificate you check with is the one read aloud in the room, handed to you by somebody you trust." },
  { id: "A2", sentence: "Whoever has the token's own PIN can use the token without the worker; comparing what is on it with what was made would show it." },
  { id: "A3", sentence: "The worker's host ran the worker as published: nobody else could read its PIN or change its program while the ceremony ran." },
  { id: "A4", sentence: "Each authenticator keeps its key to itself and asks its holder for a PIN or biometric before it signs, as its maker says." },
  { id: "A5", sentence: "Each custodian compared the statement's hash words on a screen they had reason to believe with those the room heard." },
  { id: "A6", sentence: "The witnesses compared faces with documents: behind each passkey of the roster stands the person it names." },
  { id: "A7", sentence: "The token and its module keep to PKCS#11: a key said to be made inside and never extractable is." },
  { id: "A8", sentence: "Times are those of the worker's clock, which the room compared with a clock of its own, unless a time stamp says more." },
  { id: "A9", sentence: "SHA-256, and the signature algorithms of the passkeys and the recorder, are not broken." },
  { id: "A10", sentence: "Films, photographs and documents are named by their hashes and are not in this file: what they show, somebody has to look at." },
  { id: "A11", sentence: "What people read off, noted and gave as a reason is what they wrote: the record shows who wrote it and when, and not that it is so." },
  { id: "A12", sentence: "A ceremony that was kept back whole, or an event that nobody logged, is missing here and in the log alike; keys that come of it are strangers on their token." },
  { id: "A13", sentence: "Where an organisation is trusted in place of the recorder's fingerprint: that it gave the recorder's name to no other key, and would say so if it took its word back." },
  { id: "A14", sentence: "It tells of this ceremony up to its close: what became of keys, backups and people afterwards stands in other records and in the register." },
  { id: "A15", sentence: "A time stamp that was put over this file later and cut off its end again leaves no trace in it; and that others were shown the same log, only a witness you trust or a comparison with theirs can say." },
];
