// Says of a file before it is sent that it is too large, and while it is sent that something happens.
for (const form of document.querySelectorAll("[data-upload]")) {
  const field = form.querySelector("[data-largest]");

  const look = () => {
    const tooLarge = [...field.files].some((file) => file.size > Number(field.dataset.largest));
    field.setCustomValidity(tooLarge ? field.dataset.tooLarge : "");
  };

  field.addEventListener("change", () => {
    look();
    field.reportValidity();
  });
  form.addEventListener("submit", () => {
    form.querySelector("[data-sending]").hidden = false;
    form.querySelector("button").disabled = true; // A second click would upload it twice.
  });
  window.addEventListener("pageshow", () => {
    form.querySelector("[data-sending]").hidden = true;
    form.querySelector("button").disabled = false;
    look();
  });
}
