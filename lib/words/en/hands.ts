/** A browser that is passed from hand to hand in one room. */
export const hands = {
  share: "Pass this browser round …",
  shareTitle: "Pass this browser from hand to hand",
  shareAbout:
    "For a room with one laptop. You are signed out here, and this browser becomes nobody’s: it shows this room and nothing else. Whoever acts says who they are, and uses their own passkey for that one act; then it is nobody’s again.",
  shareBack: "There is no way back but to sign in again.",
  shareNow: "Sign me out and pass it round",
  sharing: "Making it nobody’s …",
  notNow: "Not now",
  bannerTitle: "Shared browser: nobody is at it.",
  banner: "Every act is proved by the passkey of whoever does it, and by that alone.",
  atTitle: "At the browser: {name}.",
  who: "Who acts?",
  whoAbout: "Take the browser, choose your name, and act. Your passkey is asked for each act.",
  asked: "{name}, {role}: it is your turn",
  notAsked: "{name}, {role}",
  passOn: "Pass it on without acting",
  idle: "The browser was passed on: nobody had touched it for two minutes. What was typed is gone.",
  done: "Written down as the act of {name}. The browser is nobody’s again: pass it on.",
  end: "Sign in as yourself",
} as const;
