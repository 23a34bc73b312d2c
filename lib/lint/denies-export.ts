const PLACES = "(?! (?:the|this|our) (?:room|table|house|building|site))";

/** That a key stays where it is, as people say it in English and in German. */
const DENIALS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:never|not|cannot|[a-z]{1,6}n't|nor|no way|no(?:ne of the)?(?: [\w-]+)? keys?)\b[^.;:]{0,40}` +
      String.raw`\b(?:leaves?${PLACES}|exported|extracted|(?:taken|wrapped) out|ex(?:trac|por)table)\b`,
    "i",
  ),
  /\b(?:nobody|no one|no[ -]?body)\b[^.;:]{0,40}\b(?:exports?|extracts?|(?:takes?|wraps?|gets?|brings?)\b[^.;:]{0,30}\bout)\b/i,
  /\b(?:non-?|un|in)ex(?:trac|por)table\b/i,
  /\b(?:nie|niemals|nicht|kein(?:e[nrs]?)?)\b[^.;:]{0,60}\b(?:exportiert|exportierbar|extrahiert|extrahierbar|ausführbar|herausgeholt|heraus)\b/i,
  /\b(?:HSM|Token|Gerät)\b[^.;:]{0,20}\b(?:nie|niemals|nicht)\b[^.;:]{0,20}\bverlassen\b/i,
  /\bkein(?:e[nrs]?)?\b[^.;:]{0,40}Schlüssel\b[^.;:]{0,40}\b(?:verlassen|verlässt)\b/i,
  /\b(?:nie|niemals|nicht)\b[^.;:]{0,20}\b(?:HSM|Token|Gerät)\b[^.;:]{0,20}\bverlassen\b/i,
  /\bverlässt\b[^.;:]{0,20}\b(?:HSM|Token|Gerät)\b[^.;:]{0,20}\b(?:nie|niemals|nicht)\b/i,
];

/** Whether a text tells people that a key cannot leave the HSM. */
export function deniesExport(text: string): boolean {
  const plain = text.replaceAll("’", "'");
  return DENIALS.some((denial) => denial.test(plain));
}
