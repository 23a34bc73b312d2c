/** Mails about planned ceremonies, and the entries they put into calendars. */
export const planMails = {
  subject:
    "{kind, select, hold {Please keep free} invitation {Invitation} update {Changed} cancellation {Cancelled} other {Reminder}}: {title}{mode, select, rehearsal { (rehearsal)} other {}}, {day}",
  answerSubject: "{answer, select, declined {{name} cannot come} other {{name} proposes another time}}: {title}",
  greeting: "{name},",
  held:
    "a key nears the end of its time, and the ceremony that replaces it was drafted by itself, with you as {role}. No person has confirmed it. Please keep the time free; you will be told what becomes of it.",
  invited: "you are invited to take part in a key ceremony as {role}.",
  changed: "what was planned for this key ceremony has changed. You take part as {role}.",
  cancelled: "this key ceremony does not take place as planned, or not with you as {role}.",
  remindsOf:
    "a key ceremony in which you take part as {role} is {days, plural, one {a day} other {# days}} away or less.",
  answered: "{name}, {role}, {answer, select, declined {cannot come.} other {cannot come then, and proposes:}}",
  remark: "They say: {remark}",
  because: "The reason: {reason}",
  summary: "{title}{mode, select, rehearsal { (rehearsal)} other {}}",
  when: "When: {when}",
  where: "Where: {room}",
  standby: "Held in reserve: {when}",
  answer: "Please accept, decline, or propose another time. You answer here, after signing in with your passkey:",
  answerHold: "You need not answer yet. If you know already that you cannot come, say so here, after signing in with your passkey:",
  answerAgain: "Everything about it, and your answer, is here, after signing in with your passkey:",
  yourRole: "You take part as {role}.",
  entryFoot: "Answers are given only on this page; those of a calendar program are not seen:",
  foot: "The link alone does nothing, and an answer given in a calendar program is not seen. Nobody ever asks you by mail for a PIN, a password or any other secret.",
} as const;
