// Says every half minute that this page is still open, shows who else has the article open, and
// says when the page is left.

const BEAT = 30_000; // milliseconds; articles/models/presence.py waits for several
const notice = document.querySelector("[data-presence]");
let saving = false;

function said(...fields) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const field of fields) body.set(field, "1");
  return body;
}

async function beat() {
  try {
    const answer = await fetch(notice.dataset.presence, {
      method: "POST",
      body: said(),
      redirect: "error",
    });
    if (!answer.ok) return;
    const html = (await answer.text()).trim();
    if (html !== notice.innerHTML.trim()) notice.innerHTML = html;
  } catch {
    // The next beat comes soon.
  }
}

if (notice) {
  beat();
  setInterval(beat, BEAT);
  document.addEventListener("visibilitychange", () => document.hidden || beat());
  // A save ends the presence by itself, or shows this article again.
  document.addEventListener("submit", (event) => {
    saving = !event.defaultPrevented && event.target.matches("#content form");
  });
  addEventListener("pagehide", () => {
    if (!saving) navigator.sendBeacon(notice.dataset.presence, said("left"));
  });
  addEventListener("pageshow", (event) => {
    saving = false;
    if (event.persisted) beat();
  });
}
