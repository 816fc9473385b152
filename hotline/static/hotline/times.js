/* Writes the visitor's own time beneath each Danish one where the clocks differ, and tells the form which clock that is. */
(function () {
  "use strict";
  var zone, language = document.documentElement.lang;
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone; } catch (error) { return; }
  if (!zone) return;
  document.querySelectorAll("input[data-zone]").forEach(function (input) {
    input.value = zone;
    input.disabled = false;
  });
  function format(moment, options, where) {
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, Object.assign({ timeZone: where }, options)).format(moment);
  }
  var hours = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  var day = { weekday: "long", day: "numeric", month: "long" };
  var whole = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  document.querySelectorAll("time[data-own]").forEach(function (time) {
    var moment = new Date(time.dateTime);
    if (format(moment, whole, zone) === format(moment, whole, "Europe/Copenhagen")) return;
    var own = document.createElement("span");
    own.className = "hotline__own";
    own.textContent = (format(moment, day, zone) === format(moment, day, "Europe/Copenhagen") ? time.dataset.ownTime : time.dataset.own).replace("{day}", format(moment, day, zone)).replace("{time}", format(moment, hours, zone));
    time.after(" ", own);
  });
})();
