/**
 * German for what the YAML parser says of its own accord, where it always says the same; what it puts together itself stays
 * English. A test looks each up in the parser's own files.
 */
export const GERMAN_PARSER: { readonly [english: string]: string } = {
  "Nested mappings are not allowed in compact mappings": "In einer Zeile kann nicht ein Name auf den anderen folgen",
  "Implicit keys need to be on a single line": "Ein Name muss in einer Zeile stehen",
  "Implicit keys of flow sequence pairs need to be on a single line": "Ein Name muss in einer Zeile stehen",
  "Implicit map keys need to be followed by map values": "Auf einen Namen muss ein Doppelpunkt mit seinem Wert folgen",
  "A block sequence may not be used as an implicit map key": "Eine Liste kann kein Name sein",
  "All mapping items must start at the same column": "Alle Namen eines Blocks müssen in derselben Spalte beginnen",
  "All sequence items must start at the same column": "Alle Einträge einer Liste müssen in derselben Spalte beginnen",
  "Sequence item without - indicator": "Einem Eintrag der Liste fehlt der Strich (-) am Anfang",
  "Tabs are not allowed as indentation": "Eingerückt wird mit Leerzeichen, nicht mit Tabulatoren",
  'Missing closing "quote': 'Das schließende Anführungszeichen (") fehlt',
  "Missing closing 'quote": "Das schließende Anführungszeichen (') fehlt",
  "Comments must be separated from other tokens by white space characters":
    "Vor dem # eines Kommentars muss ein Leerzeichen stehen",
  "Block collections are not allowed within flow collections":
    "Zwischen eckigen oder geschweiften Klammern können keine eingerückten Listen oder Blöcke stehen",
  "Block scalar values in collections must be indented": "Ein Text über mehrere Zeilen muss eingerückt sein",
  "Flow end indicator should be more indented than parent": "Die schließende Klammer muss weiter eingerückt sein",
};
