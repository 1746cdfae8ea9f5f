// Asks how far the looking at sources is while some wait, and puts the answer in place.

const PAUSE = 5_000; // milliseconds
const LONGEST = 60_000;
const lines = document.querySelector("[data-progress]");

async function ask(pause) {
  let next = pause;
  if (!document.hidden) {
    try {
      const answer = await fetch(lines.dataset.progress, { redirect: "error" });
      if (!answer.ok) return;
      const html = (await answer.text()).trim();
      // What a screen reader announces is what changed.
      if (html !== lines.innerHTML.trim()) {
        lines.innerHTML = html;
        next = PAUSE;
      } else {
        next = Math.min(pause * 1.5, LONGEST);
      }
    } catch {
      next = LONGEST;
    }
  }
  if (lines.querySelector("[data-busy]")) setTimeout(ask, next, next);
}

if (lines?.querySelector("[data-busy]")) setTimeout(ask, PAUSE, PAUSE);
