import type { workerHealth as english } from "../en/worker-health";
import type { Translation } from "../translation";

const ATTACK = "Behandeln Sie es als Angriff auf die Datenbank";
const CLOCKS = "Stellen Sie die Uhren von App und Worker nach derselben Quelle";

export const workerHealth: Translation<typeof english> = {
  "standing-by": "Ein anderer Worker bedient dieses Token; dieser steht bereit zu übernehmen.",
  stopped: "Der Worker wurde beendet.",
  "on-break": "Der Worker ist vom Token {serial} abgemeldet: Zeremonie {ceremonies} macht Pause.",
  "token-held":
    "Ein anderer Prozess auf dem Rechner des Workers hält das Token {serial} besetzt. Der Worker fährt fort, sobald es frei ist. Unter Linux zeigt ihn, als root, ss -xlp neben @claviger-token.",
  "token-silent": "Das Token {serial} antwortet nicht ({why}). Der Worker fährt von selbst fort, wenn es wieder da ist.",
  "pin-refused":
    "Das Token hat die PIN abgelehnt, und der Worker versucht es nicht noch einmal. Berichtigen Sie die PIN, und entfernen Sie dann {path}",
  "no-recorder": "Dieser Worker hat noch keinen Schlüssel des Schriftführers. Führen Sie auf seinem Rechner aus: claviger init",
  busy: "Der Worker ist bei der Arbeit: {doing}.",
  sealing: "Der Worker ist bei der Arbeit: Er siegelt eine Niederschrift.",
  trouble: "Der Worker traf auf einen Fehler, den er nicht kennt ({why}), und sieht gleich wieder nach. Sein Log sagt mehr.",
  "log-stopped":
    "In das Log kommt nichts mehr: {why}. Lassen Sie die Datenbank, wie sie ist, und vergleichen Sie sie mit ihren Sicherungen und mit dem, was die Beobachter des Logs haben.",
  "log-unknown":
    "In das Log {origin} kommt nichts: Dieser Worker weiß nichts mehr von ihm, und an seiner Konsole hat niemand gesagt, was es war. Führen Sie auf dem Rechner des Workers aus: claviger log trust",
  "log-differs": `Was die Datenbank hat, ist nicht, was das Log davon sagt ({what}; insgesamt {count}). ${ATTACK}: Lassen Sie die Datenbank, wie sie ist. Auf dem Rechner des Workers nennt claviger log check jede Zeile.`,
  ready: "Der Worker wacht über das Token {serial}.",
  "certificate-ends":
    "Der Worker wacht über das Token {serial}. Binnen {within} Tagen, am {day}, endet ein Zertifikat, unter dem er Niederschriften versiegelt. Auf seinem Rechner: claviger recorder request; lassen Sie die Zertifizierungsstelle ein neues ausstellen; dann claviger recorder certify.",
  "certificate-ended":
    "Der Worker wacht über das Token {serial}. Ein Zertifikat, unter dem er Niederschriften versiegelt, ist abgelaufen: Sein letzter Tag war der {day}. Das Prüfprogramm weist eine Niederschrift zurück, die jetzt versiegelt wird. Auf seinem Rechner: claviger recorder request; lassen Sie die Zertifizierungsstelle ein neues ausstellen; dann claviger recorder certify.",
  "certificate-gone":
    "Der Worker wacht über das Token {serial}. Kein Zertifikat der Organisation, die seine Umgebung nennt, ist jetzt gültig: Er versiegelt allein unter seiner eigenen Autorität. Auf seinem Rechner: claviger recorder request; lassen Sie die Zertifizierungsstelle ein neues ausstellen; dann claviger recorder certify.",
  block: {
    "ROSTER-PINNED":
      "Dieser Worker vertraut der Teilnehmerliste {rosterStart}… nicht: Ihr Quorum steht noch aus, oder sie ist eine erste Fassung. Lassen Sie ihre Schlüsselverwahrer unter „Personen“ unterschreiben. Einer ersten Fassung vertraut man auf dem Rechner des Workers: claviger roster trust {roster}",
    "ROSTER-NEWEST":
      "Die Zeremonie wurde mit Fassung {version} der Teilnehmerliste eröffnet, und seither gilt hier Fassung {newest}: Wer nicht mehr darauf steht, zählte wieder. Brechen Sie diese Zeremonie ab, und eröffnen Sie sie mit der neuesten Teilnehmerliste neu.",
    "MODE-ACCEPTED":
      "Dieser Worker nimmt an einer Zeremonie dieser Betriebsart ({mode}) nicht teil. Nehmen Sie einen, dessen CLAVIGER_WORKER_MODE sie nennt.",
    "CLOCK-AHEAD": `Eintrag {seq} ist auf {at} datiert, mehr als zwei Minuten vor der Uhr des Workers. ${CLOCKS}; der Worker fährt fort, wenn die Zeit gekommen ist.`,
    "OPENING-AHEAD":
      "Geöffnet hat den Schritt der Eintrag {seq}, datiert auf {at}; dieser Worker sah ihn, als diese Zeit noch nicht gekommen war, und tut nichts auf ihn hin. Finden Sie heraus, wer ihn geschrieben hat. Soll es weitergehen, halten Sie die Zeremonie an, vermerken Sie bei diesem Schritt eine Abweichung, und öffnen Sie ihn neu: Alle werden neu gefragt.",
    "CLOCK-BEHIND": `Eintrag {seq} ist auf {at} datiert und war nicht da, als der Worker um {looked} nachsah. ${CLOCKS}, vermerken Sie eine Abweichung, und starten Sie den Worker neu.`,
    "TRANSCRIPT-ROLLBACK": `Das Protokoll in der Datenbank ist nicht das, das dieser Worker geprüft hat: Eintrag {seq} wurde verändert oder entfernt. ${ATTACK}: Bewahren Sie den Zustandsordner des Workers auf, und vergleichen Sie ihn mit Sicherungen.`,
    "TRANSCRIPT-UNKNOWN":
      "Der Schriftführer dieses Workers nimmt an der Zeremonie teil, und dieser Worker weiß nichts mehr von ihr: Inzwischen können Einträge entfernt worden sein. Vergleichen Sie den letzten Eintrag mit dem, was der Raum sah. Dann auf dem Rechner des Workers: claviger transcript trust {ceremony}",
    "RECORDER-MINE":
      "Ein anderer Schriftführer ist dieser Zeremonie beigetreten; dieser Worker tut für sie nichts. Sind Ihnen der andere Worker und sein Token nicht bekannt, brechen Sie die Zeremonie ab.",
    "RECORD-MINE": `Die Niederschrift, die die Datenbank von dieser Zeremonie hat, ist nicht die, die dieser Worker gesiegelt hat ({why}). ${ATTACK}. Sichern Sie die Zeile, und entfernen Sie sie: Der Worker siegelt dann die wahre Niederschrift.`,
    "RECORD-SEALED":
      "Die Niederschrift ließ sich nicht siegeln: {why}. Der nächste Versuch ist um {againAt} UTC. Vom Protokoll ist nichts verloren, und andere Zeremonien gehen weiter. Sagen Sie denen, die die Software betreuen, was hier steht.",
    "LOG-COMPLETE":
      "Die Niederschrift wartet auf das Transparenzlog, das noch nicht jeden Eintrag hat. Zu tun ist nichts, der Worker fährt von selbst fort. Um {untilAt} UTC wird die Niederschrift ohne den Beweis des Logs gesiegelt und sagt das; der Beweis lässt sich nachholen.",
    "TIME-STAMPED":
      "Die Niederschrift wartet auf ihren Zeitstempel: {why}. Der nächste Versuch ist um {againAt} UTC. Der Worker fährt von selbst fort, wenn die Zeitstempelstelle es tut. Soll es ohne gehen, starten Sie den Worker ohne CLAVIGER_TSA_URL.",
    "OTHER-TOKEN-LISTED":
      "Das Skript arbeitet an einem Token mit dem Namen {name}, und dieser Worker kennt keines. Beschreiben Sie es in der Datei, die CLAVIGER_OTHER_TOKENS_FILE nennt, und starten Sie den Worker neu.",
    "OTHER-TOKEN-THERE":
      "Das Token {name} ist nicht da ({why}). Schließen Sie es an; der Worker fährt von selbst fort und sieht nach, was begonnen war, bevor er etwas tut. Ist es für immer verloren, brechen Sie die Zeremonie ab, und sagen Sie es auf dem Rechner des Workers: claviger give-up CEREMONY",
    "OTHER-TOKEN-SERIAL":
      "Unter dem Namen {name} steht ein Token mit der Seriennummer {found}; freigegeben wurde {expected}. Schließen Sie das angekündigte Gerät an. Soll es ein anderes sein, brechen Sie diese Zeremonie ab, und eröffnen Sie sie neu.",
    "OTHER-TOKEN-PIN":
      "{why, select, missing {Der Worker hat für das Token {name} keine PIN. Nennen Sie ihre PIN-Datei in der Liste der weiteren Token, und starten Sie den Worker neu, oder lassen Sie Schlüsselverwahrer sie mit unlock-token eingeben.} changed {Schlüsselverwahrer haben für das Token {name} eine andere PIN gesetzt als die in seiner PIN-Datei, die deshalb nicht versucht wird. Schreiben Sie die neue PIN in die Datei, oder lassen Sie Schlüsselverwahrer sie mit unlock-token eingeben. Der Worker fährt von selbst fort.} other {Das Token {name} hat seine PIN abgelehnt, und der Worker versucht es nicht noch einmal. Berichtigen Sie die PIN, und entfernen Sie dann pin-refused-{name} aus dem Zustandsordner des Workers.}}",
    "OTHER-TOKEN-UNABLE":
      "Das Skript verlangt {operation} auf dem Token {name}, was dort nicht geht ({why}). {reason, select, label {Die Liste der weiteren Token und das Skript müssen dieselbe Bezeichnung nennen: An ihr findet der Worker das Token wieder.} officer {Sein Sicherheitsbeauftragter hat keine PIN. Brechen Sie diese Zeremonie ab, und erzeugen Sie solche Token mit: claviger token init} other {Brechen Sie diese Zeremonie ab. Tun Sie es mit dem Werkzeug des Herstellers, und lassen Sie das Skript das Ergebnis prüfen.}}",
    RULE: "Eintrag {seq} des Protokolls verletzt die Regel {code}; dieser Worker tut für die Zeremonie nichts mehr. Lesen Sie docs/invariants/{code}.md, und finden Sie heraus, wer diesen Eintrag geschrieben hat.",
  },
};
