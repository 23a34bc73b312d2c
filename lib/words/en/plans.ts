/** Plans of ceremonies: when, where, with whom, and what has to be done before and after. */
export const plans = {
  contact: "Address for invitations",
  contactHint: "Where mails about planned ceremonies go. It lets nobody sign in, and stands in no record.",
  contactLanguage: "Language of those mails",
} as const;
