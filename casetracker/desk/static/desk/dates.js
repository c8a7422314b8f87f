// Says below a date field how what is typed is read, and puts the EDTF into the field when it is left.
// Without this script the form itself comes back once and says so.
"use strict";
{
  const PATIENCE = 250; // milliseconds without a key
  const answers = new Map(); // by what was typed
  const timers = new WeakMap();
  const shown = new WeakMap(); // the reading that stands at a place

  const placeOf = (field) => field.parentElement.querySelector("[data-read-date]");

  async function ask(field) {
    const typed = field.value.trim();
    if (!answers.has(typed)) {
      const query = new URLSearchParams({ text: typed });
      const answer = await fetch(`${placeOf(field).dataset.readDate}?${query}`, { credentials: "same-origin" });
      if (!answer.ok) return;
      answers.set(typed, await answer.json());
    }
    // Somebody may have typed on meanwhile.
    if (field.value.trim() === typed) show(field, answers.get(typed));
  }

  function show(field, reading) {
    const place = placeOf(field);
    // A button that is being pressed must not be put anew: pressing it leaves the field.
    if (shown.get(place) === reading) return;
    shown.set(place, reading);
    const buttons = reading.choices.map((choice) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${choice.edtf} (${choice.label})`;
      button.addEventListener("click", () => {
        field.value = choice.edtf;
        place.replaceChildren();
        shown.delete(place);
        field.focus();
      });
      return button;
    });
    place.replaceChildren(reading.message, ...buttons);
  }

  function take(field) {
    const reading = answers.get(field.value.trim());
    if (!reading) return;
    show(field, reading);
    if (reading.edtf) field.value = reading.edtf;
  }

  const isDate = (field) => field instanceof HTMLInputElement && placeOf(field) !== null;

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!isDate(field)) return;
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => ask(field).catch(() => {}), PATIENCE));
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!isDate(field)) return;
    clearTimeout(timers.get(field));
    // What is known already is put in at once: a click on "Save" leaves the field and sends the form.
    if (answers.has(field.value.trim())) take(field);
    else ask(field).then(() => take(field)).catch(() => {});
  });
}
