// The form of an activity: hides what the frequency ignores, and shows the dates that follow from what is typed.
"use strict";

function watchSchedule() {
  const panel = document.querySelector("[data-schedule-preview]");
  if (!panel) return;
  const form = panel.closest("form");
  const output = panel.querySelector("[role=status]");
  const names = ["start_date", "is_all_day", "start_time", "end_time", "end_day_offset", "frequency", "interval",
    "weekdays", "nth", "until", "count", "skip_holidays", "extra_dates"];
  let waiting = 0;
  let asked = 0;

  function fit() {
    const frequency = form.elements.frequency.value;
    for (const field of form.querySelectorAll("[data-frequencies]")) {
      field.hidden = !field.dataset.frequencies.split(" ").includes(frequency);
    }
  }

  async function show() {
    const typed = new FormData(form);
    if (!typed.get("start_date")) return;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", typed.get("csrfmiddlewaretoken"));
    for (const name of names) {
      for (const value of typed.getAll(name)) data.append(name, value);
    }
    asked += 1;
    const number = asked;
    const response = await fetch(`${panel.dataset.schedulePreview}?part=dates`, { method: "POST", body: data });
    // Whoever is no longer logged in is led to the login page.
    if (response.ok && !response.redirected && number === asked) output.innerHTML = await response.text();
  }

  function changed(event) {
    if (!names.includes(event.target.name)) return;
    fit();
    clearTimeout(waiting);
    waiting = setTimeout(show, 500);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  panel.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
  fit();
  show();
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", watchSchedule);
} else {
  watchSchedule();
}
