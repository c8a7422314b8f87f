// Makes maps handier: zoom, a line that says what one points at, and a slider for the day. Without it nothing is missing.
"use strict";

(() => {
  const FURTHEST = 8;
  const STEP = 1.6;
  const DAY = 24 * 60 * 60 * 1000;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // What one points at, or reaches with the keyboard, in words below the map.
  const tell = (figure) => {
    const line = figure.querySelector(".map-said");
    let said = null;
    const say = (event) => {
      const area = event.target.closest(".area");
      if (area === said) return;
      if (said) said.classList.remove("is-said");
      if (area) area.classList.add("is-said");
      said = area;
      line.textContent = area ? area.getAttribute("aria-label") : "";
    };
    figure.addEventListener("pointerover", say);
    figure.addEventListener("focusin", say);
    line.textContent = "\u00a0"; // Its height from the start, so that nothing jumps.
  };

  // Closer, further away, and moved by the pointer.
  const zoom = (figure) => {
    const drawing = figure.querySelector(".world");
    const whole = drawing.viewBox.baseVal;
    const full = { width: whole.width, height: whole.height };
    let scale = 1;
    let centre = { x: full.width / 2, y: full.height / 2 };
    const between = (value, least, most) => Math.min(Math.max(value, least), most);

    const button = (label, sign, act) => {
      const made = element("button", { type: "button", textContent: sign, title: label });
      made.setAttribute("aria-label", label);
      made.addEventListener("click", act);
      return made;
    };
    const show = () => {
      const width = full.width / scale;
      const height = full.height / scale;
      centre = {
        x: between(centre.x, width / 2, full.width - width / 2),
        y: between(centre.y, height / 2, full.height - height / 2),
      };
      drawing.setAttribute("viewBox", [centre.x - width / 2, centre.y - height / 2, width, height].join(" "));
      figure.classList.toggle("is-zoomed", scale > 1);
      smaller.disabled = back.disabled = scale === 1;
      bigger.disabled = scale === FURTHEST;
    };
    const change = (factor) => {
      scale = between(scale * factor, 1, FURTHEST);
      if (scale < 1.01) scale = 1;
      show();
    };
    const bigger = button(figure.dataset.bigger, "+", () => change(STEP));
    const smaller = button(figure.dataset.smaller, "−", () => change(1 / STEP));
    const back = button(figure.dataset.whole, "↺", () => change(0));
    const buttons = element("div", { className: "map-zoom" }, bigger, smaller, back);
    drawing.after(buttons);
    show();

    let grip = null;
    let moved = false;
    drawing.addEventListener("pointerdown", (event) => {
      moved = false;
      if (scale > 1) grip = { x: event.clientX, y: event.clientY };
    });
    drawing.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const unit = full.width / scale / drawing.clientWidth;
      const step = { x: event.clientX - grip.x, y: event.clientY - grip.y };
      if (!moved && Math.hypot(step.x, step.y) < 5) return;
      moved = true;
      centre = { x: centre.x - step.x * unit, y: centre.y - step.y * unit };
      grip = { x: event.clientX, y: event.clientY };
      show();
    });
    for (const name of ["pointerup", "pointerleave", "pointercancel"]) {
      drawing.addEventListener(name, () => (grip = null));
    }
    // Whoever moves the map does not mean the country below the pointer.
    drawing.addEventListener("click", (event) => moved && event.preventDefault(), true);
    drawing.addEventListener("dragstart", (event) => event.preventDefault());
    // Whoever walks by keyboard sees where they are. (Chromium stops at a drawing that listens itself.)
    figure.addEventListener("focusin", (event) => {
      const path = event.target.matches(".area") && event.target.querySelector("path");
      if (scale === 1 || !path) return;
      const box = path.getBBox();
      centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      show();
    });
  };

  // A slider that sets the field for the day, and asks for that day once it is let go.
  const slide = (place) => {
    const field = document.getElementById(place.dataset.field);
    const first = Date.parse(place.dataset.first);
    const last = Date.parse(place.dataset.last);
    if (!field || !(last > first)) return;
    const written = (days) => new Date(first + days * DAY).toISOString().slice(0, 10);
    const chosen = place.dataset.day ? Date.parse(place.dataset.day) : last;
    const range = element("input", { type: "range", min: 0, max: Math.round((last - first) / DAY) });
    range.value = Math.round((chosen - first) / DAY);
    const output = element("output", { textContent: written(Number(range.value)) });
    const tellDay = () => {
      output.textContent = written(Number(range.value));
      range.setAttribute("aria-valuetext", output.textContent);
    };
    tellDay();
    range.addEventListener("input", tellDay);
    const ask = () => {
      if (output.textContent === (place.dataset.day || written(Number(range.max)))) return;
      field.value = output.textContent;
      field.form.requestSubmit();
    };
    // A pointer that lets go asks; with the keyboard, each step would, so that Enter does.
    let byPointer = false;
    range.addEventListener("pointerdown", () => (byPointer = true));
    range.addEventListener("keydown", (event) => {
      byPointer = false;
      if (event.key === "Enter") ask();
    });
    range.addEventListener("change", () => byPointer && ask());
    place.append(element("label", {}, element("span", { textContent: place.dataset.label }), range, output));
  };

  document.querySelectorAll(".map").forEach((figure) => {
    tell(figure);
    zoom(figure);
  });
  document.querySelectorAll(".map-days").forEach(slide);
})();
