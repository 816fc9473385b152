/* Says whether the hotline is open at this moment. Without this script the page states the opening hours. */
(function () {
  "use strict";
  var bar = document.querySelector("[data-hotline]");
  if (!bar || !window.Intl) return;
  var said = bar.querySelector("[data-said]"), lang = document.documentElement.lang;
  var times = JSON.parse(bar.dataset.hotline).map(function (pair) { return pair.map(function (one) { return one * 60000; }); });
  function write(options, moment) {
    options.timeZone = "Europe/Copenhagen";
    return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options).format(moment);
  }
  function clock(moment) { return write({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, moment); }
  function day(moment) { return write({ weekday: "long", day: "numeric", month: "long" }, moment); }
  function say() {
    var now = Date.now(), next = times.find(function (pair) { return pair[1] > now; });
    if (!next) return;
    var open = next[0] <= now, moment = open ? next[1] : next[0];
    var text = open ? bar.dataset.open : day(moment) === day(now) ? bar.dataset.today : bar.dataset.next;
    text = text.replace("{day}", day(moment)).replace("{time}", clock(moment));
    if (said.textContent !== text) said.textContent = text;
    bar.classList.toggle("hotline-bar--open", open);
  }
  say();
  setInterval(say, 20000);
})();
