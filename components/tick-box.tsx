/** A box to tick with its words, as large as a finger. */
export function TickBox({ label, checked, onTick }: { label: string; checked: boolean; onTick: (checked: boolean) => void }) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3">
      <input
        type="checkbox"
        className="size-5"
        checked={checked}
        onChange={(event) => {
          onTick(event.target.checked);
        }}
      />
      {label}
    </label>
  );
}
