import type { LucideIcon } from "lucide-react";

/** How a state looks: its sign, and the classes of its frame. */
export type StateLook = { readonly Icon: LucideIcon; readonly className: string };

/** A state by its word, its sign and its frame. */
export function StateBadge({ look: { Icon, className }, children }: { look: StateLook; children: string }) {
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-[3px] border px-2 py-0.5 text-sm font-semibold ${className}`}>
      <Icon aria-hidden="true" className="size-4" />
      {children}
    </span>
  );
}
