/** Text that is to be read or copied exactly as it stands, however long; the keyboard can scroll it. */
export function ExactLines({ text, label, className }: { text: string; label: string; className: string }) {
  return (
    <pre
      className={`measured overflow-auto border border-rule bg-sunken p-3 text-xs break-all whitespace-pre-wrap ${className}`}
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      {text}
    </pre>
  );
}
