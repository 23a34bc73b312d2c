import type { attributes as english } from "../en/attributes";
import type { Translation } from "../translation";

export const attributes: Translation<typeof english> = {
  generatedInsideTheHsm: "im HSM erzeugt",
  alwaysSensitive: "war immer als geheim markiert",
  hasNotAlwaysBeenSensitive: "war nicht immer als geheim markiert",
  cannotBeTakenOut: "kann nicht herausgegeben werden",
  canBeTakenOutWrapped: "kann verpackt herausgegeben werden",
  wrappedByTrustedKeysOnly: "nur von vertrauenswürdigen Schlüsseln verpackt",
  neverCouldBeTakenOut: "konnte nie herausgegeben werden",
  canSign: "kann signieren",
  cannotSign: "kann nicht signieren",
  canVerify: "kann Signaturen prüfen",
  cannotVerify: "kann keine Signaturen prüfen",
  canEncrypt: "kann verschlüsseln",
  cannotEncrypt: "kann nicht verschlüsseln",
  canDecrypt: "kann entschlüsseln",
  cannotDecrypt: "kann nicht entschlüsseln",
  canWrapOtherKeys: "kann andere Schlüssel verpacken",
  cannotWrapOtherKeys: "kann keine anderen Schlüssel verpacken",
  canUnwrapOtherKeys: "kann andere Schlüssel auspacken",
  cannotUnwrapOtherKeys: "kann keine anderen Schlüssel auspacken",
  canDeriveOtherKeys: "kann andere Schlüssel ableiten",
  cannotDeriveOtherKeys: "kann keine anderen Schlüssel ableiten",
};
