// Shows how far an import is. Without this script the page loads itself anew.
const PAUSE = 2000; // milliseconds

async function look() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-progress]");
  if (!now) return location.reload(); // It is over.
  const shown = document.querySelector("[data-progress]");
  // A button that somebody is about to press stays where it is.
  if (now.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) {
    shown.replaceChildren(...now.childNodes);
  }
  return wait();
}

function wait() {
  setTimeout(() => look().catch(wait), PAUSE);
}

wait();
