// Reads a calendar from standard input as Thunderbird and Nextcloud do, following the rules of the zones inside the file.
// Usage: node read_with_ical_js.cjs PATH_OF_ICAL_JS. Writes one JSON list of events.

const ICAL = require(process.argv[2]);
const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const moment = (time) => (time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString());
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    starts: moment(event.startDate),
    ends: moment(event.endDate),
    summary: event.summary,
    description: event.description || "",
    location: event.location || "",
  };
});
process.stdout.write(JSON.stringify(events));
