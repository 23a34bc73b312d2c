"use client";

import { UserRound } from "lucide-react";
import { Button } from "#components/button";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import type { AtHand } from "./use-hand";

/** Whose browser this is just now, always in sight. */
export function HandBanner({ view }: { view: RoomView }) {
  const words = useWords("hands");
  const title = view.me ? words("atTitle", { name: view.me.name }) : words("bannerTitle");
  return (
    <Notice look={view.me ? "wait" : "plain"} title={title} className="py-2 md:px-6">
      <p>{words("banner")}</p>
    </Notice>
  );
}

/** A shared browser that nobody is at: who takes it? Those who are asked for something stand first. */
export function HandDock({ view, hand }: { view: RoomView; hand: AtHand }) {
  const words = useWords("hands");
  const { news } = hand;
  const acting = (view.hands ?? []).filter(({ mine }) => mine.length > 0);
  const people = acting.flatMap(({ me, turn }) => (me ? [{ me, asked: turn !== null }] : []));
  const order = [...people.filter(({ asked }) => asked), ...people.filter(({ asked }) => !asked)];
  return (
    <section aria-label={words("who")} className="border-l-4 border-wait bg-wait-wash px-4 py-3 md:px-6">
      {news ? (
        <p role="status" className="mb-2 font-semibold">
          {news.what === "done" ? words("done", { name: news.name }) : words("idle")}
        </p>
      ) : null}
      <h2 className="text-sm font-bold tracking-[0.08em] uppercase">{words("who")}</h2>
      <p className="mt-0.5">{words("whoAbout")}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {order.map(({ me, asked }, i) => (
          <Button
            key={me.person}
            data-primary={i === 0 || undefined}
            look={asked ? "turn" : "plain"}
            onClick={() => {
              hand.take(me.person);
            }}
          >
            <UserRound aria-hidden="true" />
            {words(asked ? "asked" : "notAsked", { name: me.name, role: me.role })}
          </Button>
        ))}
        <Button look="quiet" asChild>
          <a href={`/sign-in?next=/ceremonies/${view.id}`}>{words("end")}</a>
        </Button>
      </div>
    </section>
  );
}

/** Whoever took the browser gives it back without having done anything. */
export function PassOn({ hand }: { hand: AtHand }) {
  const words = useWords("hands");
  return (
    <div className="border-t border-rule px-4 py-1.5 md:px-6">
      <Button look="quiet" onClick={hand.passOn}>
        {words("passOn")}
      </Button>
    </div>
  );
}
