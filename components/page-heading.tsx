import type { ReactNode } from "react";

/** The title of a page, what it is for in one sentence, and its one act at most. */
export function PageHeading({ title, children, act }: { title: ReactNode; children?: ReactNode; act?: ReactNode }) {
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-prose">
        <h1 className="spoken text-3xl leading-tight font-semibold md:text-4xl">{title}</h1>
        {children ? <div className="mt-2 text-quiet">{children}</div> : null}
      </div>
      {act}
    </header>
  );
}

/** A part of a page under its own line. */
export function PageSection({ title, children, id }: { title: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="mb-10" aria-labelledby={id}>
      <h2 id={id} className="mb-3 border-b border-ink pb-1 text-sm font-semibold tracking-wide">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Nothing here yet: what would be here, and how it comes to be. */
export function Nothing({ children }: { children: ReactNode }) {
  return <div className="max-w-prose border-l-4 border-rule py-1 pl-4 text-quiet">{children}</div>;
}
