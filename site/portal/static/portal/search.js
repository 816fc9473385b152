// Suggestions below the search field, and whether the answers help. Without this script the field is a plain form.
(() => {
  "use strict";
  const PAUSE = 150, SHORTEST = 2; // milliseconds after the last letter, letters

  // The field is a combobox of ARIA 1.2: the keyboard stays in the text, aria-activedescendant names the chosen line.
  const suggest = form => {
    const input = form.elements.q, { suggest: address, label, danish, counts } = form.dataset;
    const words = counts.split("|"), language = form.lang;
    const list = document.createElement("ul"), announcement = document.createElement("div");
    let chosen = -1, timer, request;

    const set = (element, attributes) => Object.entries(attributes).forEach(pair => element.setAttribute(...pair));
    const isOpen = () => !list.hidden;

    const choose = index => {
      list.children[chosen]?.setAttribute("aria-selected", "false");
      chosen = index;
      const option = list.children[index];
      if (!option) return input.removeAttribute("aria-activedescendant");
      set(option, { "aria-selected": "true" });
      set(input, { "aria-activedescendant": option.id });
      option.scrollIntoView({ block: "nearest" });
    };

    const open = () => {
      list.hidden = !list.children.length;
      set(input, { "aria-expanded": isOpen() });
    };

    const close = () => {
      clearTimeout(timer);
      request?.abort();
      choose(-1);
      list.hidden = true;
      set(input, { "aria-expanded": "false" });
    };

    const show = found => {
      choose(-1);
      list.replaceChildren(...found.map((suggestion, index) => {
        const option = document.createElement("li");
        set(option, { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", "data-url": suggestion.url });
        const text = document.createElement("span");
        text.textContent = suggestion.text;
        option.append(text);
        if (suggestion.lang !== language) {
          text.lang = suggestion.lang;
          const remark = document.createElement("small");
          remark.textContent = `(${danish})`;
          option.append(" ", remark);
        }
        return option;
      }));
      open();
      announcement.textContent = words[Math.min(found.length, words.length - 1)];
    };

    const ask = async () => {
      request?.abort();
      const own = request = new AbortController();
      try {
        const answer = await fetch(`${address}&q=${encodeURIComponent(input.value)}`, {
          signal: own.signal, credentials: "omit",
        });
        if (!answer.ok) return close();
        const found = await answer.json();
        if (!own.signal.aborted) show(found);
      } catch {
        if (!own.signal.aborted) close();
      }
    };

    const isLongEnough = () => [...input.value.trim()].length >= SHORTEST;

    set(list, { id: "search-suggestions", class: "search__list", role: "listbox", "aria-label": label });
    list.hidden = true;
    set(announcement, { class: "visually-hidden", role: "status" });
    input.after(list);
    form.append(announcement);
    set(input, {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
      "aria-haspopup": "listbox",
    });

    input.addEventListener("input", () => {
      clearTimeout(timer);
      choose(-1);
      if (isLongEnough()) {
        timer = setTimeout(ask, PAUSE);
      } else {
        close();
        list.replaceChildren();
        announcement.textContent = "";
      }
    });

    input.addEventListener("keydown", event => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const last = list.children.length - 1;
      switch (event.key) {
        case "ArrowDown":
        case "ArrowUp":
          if (!isLongEnough()) return;
          event.preventDefault();
          if (!isOpen()) {
            if (last < 0) return ask();
            open();
            if (event.altKey) return;
          }
          // −1, the text itself, is one of the places that the arrows lead to.
          if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
          else choose(chosen < 0 ? last : chosen - 1);
          break;
        case "Enter":
          if (chosen < 0) return;
          event.preventDefault();
          location.assign(list.children[chosen].dataset.url);
          break;
        case "Escape":
          if (isOpen()) event.preventDefault();
          close();
          break;
        case "Home":
        case "End":
        case "ArrowLeft":
        case "ArrowRight":
          choose(-1);
      }
    });

    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    list.addEventListener("pointerdown", event => event.preventDefault()); // the field keeps the keyboard
    list.addEventListener("mousedown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  };

  // A search is counted when somebody sees its results, and once more when one of them is opened.
  const count = results => {
    const send = name => navigator.sendBeacon(`/api/search/${name}`, results.dataset.token);
    const seen = () => {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", seen);
      send("seen");
    };
    const opened = event => event.button < 2 && event.target.closest(".result a") && send("click");
    document.addEventListener("visibilitychange", seen);
    seen();
    results.addEventListener("click", opened);
    results.addEventListener("auxclick", opened);
  };

  document.querySelectorAll("form[data-suggest]").forEach(suggest);
  document.querySelectorAll("[data-token]").forEach(count);
})();
