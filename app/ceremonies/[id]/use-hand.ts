"use client";

import { useCallback, useEffect, useState } from "react";
import { oneActChallenge } from "#lib/conduct/one-act";
import type { RoomView } from "#lib/conduct/room";
import type { Json } from "#lib/log/canonical";
import { hex } from "#lib/log/digest";
import { ask } from "../../ask";
import { signStatement } from "../../sign-statement";
import type { Act } from "./send-once";
import type { Send } from "./use-room";

/** Whoever took the browser and left it is not at it any more. */
const UNTOUCHED_MS = 120_000;

export type HandNews = { readonly what: "done"; readonly name: string } | { readonly what: "idle" };
export type AtHand = {
  /** The room as whoever is at the browser sees it; nobody's while nobody is. */
  readonly view: RoomView;
  readonly send: Send;
  readonly news: HandNews | null;
  take: (person: string) => void;
  passOn: () => void;
  /** A sheet was closed: if something was signed on it, that was the act, and its receipt has been read. */
  sheetClosed: () => void;
};

/**
 * On a shared browser: who is at it, for one act. Each act is proved by a passkey over exactly what is sent, and afterwards
 * nobody is at it: what the page held for them is gone. Everywhere else, the room as it is.
 */
export function useHand(room: RoomView, sendOwn: Send, left: () => void): AtHand {
  const [person, setPerson] = useState<string | null>(null);
  const [news, setNews] = useState<HandNews | null>(null);
  const [signed, setSigned] = useState(false);
  const own = room.hands?.find(({ me }) => me?.person === person) ?? null;
  const passOn = useCallback(
    (after: HandNews | null = null) => {
      setPerson(null);
      setSigned(false);
      setNews(after);
      left();
    },
    [left],
  );

  const held = own !== null;
  useEffect(() => {
    if (!held) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        passOn({ what: "idle" });
      }, UNTOUCHED_MS);
    };
    touched();
    const events = ["pointerdown", "keydown", "input"] as const;
    for (const event of events) window.addEventListener(event, touched);
    return () => {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, touched);
    };
  }, [held, passOn]);

  const send: Send = async (act, typed) => {
    if (!own?.me) return sendOwn(act, typed);
    const { me } = own;
    const proof = act["act"] === "sign" ? { ok: true as const, value: null } : await prove(room, me, act);
    if (!proof.ok) return proof;
    const answer = await sendOwn({ ...act, hand: { person: me.person, proof: proof.value } }, typed);
    // The receipt of a signed statement may still be read; everything else is over.
    if (answer.ok && act["act"] === "sign") setSigned(true);
    else if (answer.ok) passOn({ what: "done", name: me.name });
    return answer;
  };
  const view = own ? { ...room, ...own, hands: room.hands } : room;
  const take = (next: string) => {
    setNews(null);
    setPerson(next);
  };
  return {
    view,
    send: room.hands ? send : sendOwn,
    news,
    take,
    passOn: () => {
      passOn();
    },
    sheetClosed: () => {
      if (signed) passOn({ what: "done", name: own?.me?.name ?? "" });
    },
  };
}

/** This person's passkey over this act: asked for with a nonce of the server's, over a challenge made here. */
async function prove({ id: ceremony, rp }: RoomView, me: NonNullable<RoomView["me"]>, said: Act) {
  const offered = await ask<{ id: string; nonce: string }>(`/api/ceremonies/${ceremony}/hand`, {});
  if (!offered.ok) return offered;
  // As it will arrive: without the members that JSON leaves out.
  const act = JSON.parse(JSON.stringify(said)) as Json;
  const challenge = hex(oneActChallenge({ ceremony, person: me.person, nonce: offered.value.nonce, act }));
  const signed = await signStatement(challenge, rp.id, me.passkeys);
  return signed.ok ? { ok: true as const, value: { id: offered.value.id, assertion: signed.assertion } } : signed;
}
