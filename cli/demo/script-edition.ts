/**
 * The script of the next demo ceremony: edition `n`, its key labels marked with the number from the second on. A token holds
 * one key of a name, and the keys of the ceremony before are still there. Comments and everything else stay as they are.
 */
export function scriptEdition(yaml: string, n: number): string {
  const numbered = yaml.replace(/^edition: \d+$/m, `edition: ${String(n)}`);
  return n === 1 ? numbered : numbered.replace(/^(\s*(?:- )?label: )([a-z0-9-]+)$/gm, `$1$2-${String(n)}`);
}
