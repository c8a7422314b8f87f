// Completes user names after “@” in comments, from the list of colleagues that stands on the page.
// Without it, the names are typed.
"use strict";

(() => {
  const MOST = 6;
  // What may stand before the sign is the same as in casetracker/review/mentions.py, but for the letters of other scripts.
  const BEGUN = /(?:^|[^A-Za-z0-9_.+%-])[@＠]([A-Za-z0-9_.+-]*)$/;

  const colleagues = Array.from(document.querySelectorAll(".colleagues [data-username]"), (item) => ({
    username: item.dataset.username,
    called: item.textContent.trim(),
  }));

  function matches(begun) {
    const wanted = begun.toLowerCase();
    const fits = ({ called }) =>
      called.toLowerCase().split(/\s+/).some((word) => word.replace("@", "").startsWith(wanted));
    return colleagues.filter(fits).slice(0, MOST);
  }

  function complete(area) {
    const list = document.createElement("ul");
    list.id = `${area.id}-names`;
    list.className = "names-to-choose";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", document.querySelector(".colleagues summary").textContent.trim());
    list.hidden = true;
    area.after(list);
    area.setAttribute("aria-autocomplete", "list");
    let chosen = 0;

    const begun = () => BEGUN.exec(area.value.slice(0, area.selectionStart));

    function close() {
      list.hidden = true;
      list.replaceChildren();
      area.removeAttribute("aria-controls");
      area.removeAttribute("aria-activedescendant");
    }

    function mark(number) {
      const options = list.children;
      chosen = (number + options.length) % options.length;
      Array.from(options, (option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      area.setAttribute("aria-activedescendant", options[chosen].id);
    }

    function take(option) {
      const start = area.selectionStart - begun()[1].length;
      area.setRangeText(`${option.dataset.username} `, start, area.selectionStart, "end");
      close();
      area.focus();
    }

    function offer() {
      const found = begun() ? matches(begun()[1]) : [];
      if (!found.length) {
        close();
        return;
      }
      list.replaceChildren(
        ...found.map(({ username, called }) => {
          const option = document.createElement("li");
          option.id = `${list.id}-${username}`;
          option.dataset.username = username;
          option.setAttribute("role", "option");
          option.textContent = called;
          return option;
        }),
      );
      list.hidden = false;
      area.setAttribute("aria-controls", list.id);
      mark(0);
    }

    area.addEventListener("input", offer);
    area.addEventListener("blur", close);
    area.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) {
        return;
      }
      const acts = {
        ArrowDown: () => mark(chosen + 1),
        ArrowUp: () => mark(chosen - 1),
        Enter: () => take(list.children[chosen]),
        Tab: () => take(list.children[chosen]),
        Escape: close,
      };
      if (acts[event.key]) {
        event.preventDefault();
        acts[event.key]();
      }
    });
    // Before the text loses the focus, which would close the list.
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) {
        take(option);
      }
    });
  }

  if (colleagues.length) {
    document.querySelectorAll('form[action$="/comment/"] textarea').forEach(complete);
  }
})();
