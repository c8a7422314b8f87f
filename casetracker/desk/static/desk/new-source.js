// A field that finds sources offers to add one for an address that none has: then the window of a new source opens,
// filled in from the address, and gives the source back to the field.
// Such fields also get their label as a name, which select2 leaves out.
"use strict";
window.addEventListener("DOMContentLoaded", () => {
  const $ = window.django.jQuery;

  const name = (within) => {
    for (const field of within.querySelectorAll(".admin-autocomplete")) {
      const label = field.labels[0]?.textContent.trim() ?? "";
      const box = field.nextElementSibling;
      box?.querySelectorAll(".select2-selection, .select2-selection__rendered").forEach((part) => {
        part.setAttribute("aria-label", label);
      });
    }
  };
  $(() => name(document));
  document.addEventListener("formset:added", (event) => name(event.target));

  $(document).on("select2:selecting", ".admin-autocomplete", (event) => {
    const { address } = event.params.args.data;
    if (!address) return;
    event.preventDefault();
    const field = event.target;
    $(field).select2("close");
    const link = field.closest(".related-widget-wrapper").querySelector(".add-related");
    const usual = link.href;
    const filledIn = new URL(usual);
    filledIn.searchParams.set("url", address);
    link.href = filledIn;
    link.click();
    link.href = usual;
  });
});
