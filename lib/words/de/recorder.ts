import type { English } from "../english";
import type { Translation } from "../translation";

export const recorder: Translation<English["recorder"]> = {
  heading: "Für wen Ihre Hälfte verschlüsselt wird",
  hash: "SHA-256 des Zertifikats, mit dem die Niederschrift geführt wird",
  known: "Es ist das Zertifikat, das in diesem Browser am {day} mit dem Sitzungsprotokoll verglichen wurde.",
  newTitle: "Dieses Zertifikat hat in diesem Browser noch niemand verglichen.",
  newAbout:
    "Dieses Zertifikat entscheidet, wer Ihre Hälfte lesen kann. Vergleichen Sie alle Wörter mit dem Sitzungsprotokoll des Tages, an dem es entstand, oder mit Ihrem Zweitgerät, bevor Sie etwas eingeben. Weicht eines ab, geben Sie nichts ein und halten Sie die Zeremonie an.",
  elsewhere:
    "Dieser Browser kennt ein anderes Zertifikat von {organisation}, für das Token {token}. Fragen Sie, warum diese Zeremonie ein anderes Token hat.",
  compared: "Ich habe alle Wörter verglichen, und es sind dieselben.",
  remember: "Dieses Zertifikat in diesem Browser merken",
  otherTitle: "Das ist nicht das Zertifikat, das in diesem Browser verglichen wurde.",
  otherAbout:
    "Am {day} wurde für das Token {token} ein anderes verglichen. Geben Sie nichts ein, sagen Sie es im Raum und halten Sie die Zeremonie an: Wer dieses Zertifikat hierher gebracht hat, könnte Ihre Hälfte lesen.",
  before: "Das verglichene",
  renewed:
    "Nur wenn das Sitzungsprotokoll für dieses Token ein neues nennt: Geben Sie dessen erste acht Wörter ein, wie sie im Sitzungsprotokoll stehen, nicht wie sie hier stehen.",
  words: "Die ersten acht Wörter im Sitzungsprotokoll",
  wordsDiffer: "Das sind nicht seine ersten acht Wörter. Nichts wurde geändert: Geben Sie nichts weiter ein und halten Sie die Zeremonie an.",
  replace: "An die Stelle des bisherigen setzen",
  code: "QR-Code des Zertifikats, für ein Zweitgerät",
};
