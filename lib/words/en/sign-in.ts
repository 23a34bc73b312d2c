/** Signing in, and enrolling a passkey. */
export const signIn = {
  title: "Sign in",
  rehearsals: "Rehearsals of HSM key ceremonies",
  rehearsalsAt: "Rehearsals of HSM key ceremonies at {organisation}",
  ceremonies: "HSM key ceremonies",
  ceremoniesAt: "HSM key ceremonies at {organisation}",
  how: "Sign in with the passkey you enrolled. Your device will ask that it is really you.",
  firstStart:
    "Nobody is enrolled here yet. Whoever set this server up makes the first administrator's enrolment link on its own host.",
  withPasskey: "Sign in with a passkey",
  waiting: "Waiting for your passkey …",
  withOther: "Sign in with {name}",
  otherLooks: "To look on. Approving and signing always ask for a passkey.",
  refused: {
    sentence: "This passkey was not accepted.",
    remedy:
      "It may be one that was revoked, or of another site. Use the passkey you enrolled here, or ask an administrator for a new enrolment link.",
  },
  unused: {
    sentence: "No passkey was used: it was cancelled, or it took too long.",
    remedy: "Nothing happened. Try again when you are ready.",
  },
  noSignIn: {
    sentence: "What the server asks your passkey to sign is not a sign-in.",
    remedy: "Nothing was signed. Do not try again: tell the administrator, and stop a ceremony that is under way.",
  },
  elsewhere: {
    sentence: "The other sign-in did not lead here.",
    remedy: "Only people on the roster are let in. Use your passkey, or ask an administrator.",
  },
  enrol: "Enrol a passkey",
  welcome: "Welcome, {name}",
  enrolled: "Your passkey is enrolled.",
  counts: "It counts in ceremonies once an administrator has published a roster that contains it. This link cannot be used again.",
  whatItIs:
    "A passkey is how you will sign in, and how you will approve, refuse and sign in ceremonies. It stays on your device or security key, which must check that it is you: by fingerprint, face or PIN. If this is not you, close this page and tell whoever sent it.",
  waitingForDevice: "Waiting for your device …",
  make: "Make my passkey",
  lookingUp: "Looking up whom this link is for …",
  unmade: {
    sentence: "No passkey was made: it was cancelled, it took too long, or this device already has yours.",
    remedy: "The link is still good. Try again, or use another device or security key.",
  },
} as const;
