import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import type { CalendarEvent } from "#lib/conduct/plan-ports";

const STATUS = {
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
  proposed: ICalAttendeeStatus.TENTATIVE,
} as const;

/** Names nobody (RFC 2606 section 2), where there is no mail server; an entry without an organiser is none (RFC 5546). */
const NOBODY = "nobody@invalid";

/**
 * The entry as an iCalendar object (RFC 5545), times in UTC, so that no program has to know our zones. Without an RSVP:
 * answers are given in the app. `from` is the organiser's address.
 */
export function calendarEntry(from: string | null, entry: CalendarEvent): string {
  const cancelled = entry.method === "CANCEL";
  const calendar = ical({ prodId: { company: "Claviger", product: "Key ceremonies", language: "EN" }, method: ICalCalendarMethod[entry.method] });
  const event = calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: new Date(entry.stamp),
    start: new Date(entry.startsAt),
    end: new Date(entry.endsAt),
    summary: entry.summary,
    location: entry.location,
    description: entry.description,
    url: entry.url,
    organizer: { name: "Claviger", email: from ?? NOBODY },
    status: cancelled ? ICalEventStatus.CANCELLED : entry.tentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.OPAQUE,
  });
  if (entry.attendee) {
    const { name, address, answer } = entry.attendee;
    const status = answer === null ? ICalAttendeeStatus.NEEDSACTION : STATUS[answer];
    event.createAttendee({ name: parameter(name), email: address, role: ICalAttendeeRole.REQ, status, rsvp: false });
  }
  return `${calendar.toString()}\r\n`;
}

/** A parameter's text has neither quotation marks nor controls (RFC 5545 section 3.2), and nothing to write them with. */
const parameter = (text: string): string => text.replace(/"/g, "'").replace(/\p{Cc}+/gu, " ");
