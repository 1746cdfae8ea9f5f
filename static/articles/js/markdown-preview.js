// What readers will see, beside the Markdown: fetched when a row comes into sight and when
// typing pauses. Rows that are added later take part, too.

const PAUSE = 400; // milliseconds
const ADDRESS = "/markdownx/markdownify/";

async function show(area) {
  const target = area.closest("[data-markdown]").querySelector(".shown");
  if (area.dataset.shown === area.value) return;
  const asked = (area.dataset.shown = area.value);
  const body = new URLSearchParams({ content: asked });
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token };
  try {
    const answer = await fetch(ADDRESS, { method: "POST", body, headers, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    // Clean HTML from the readers' renderer. An answer that came late is dropped.
    if (area.dataset.shown === asked) target.innerHTML = html;
    target.classList.remove("late");
  } catch {
    delete area.dataset.shown;
    target.classList.add("late");
  }
}

function framed(area) {
  const frame = area.closest("[data-markdown]");
  if (frame) return frame;
  const made = document.createElement("div");
  made.dataset.markdown = "";
  made.className = "write";
  const shown = document.createElement("div");
  shown.className = "shown";
  area.replaceWith(made);
  made.append(area, shown);
  return made;
}

const inSight = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) show(entry.target.querySelector("textarea"));
  }
}, { rootMargin: "300px" });

function start(root) {
  for (const area of root.querySelectorAll("textarea.markdown")) {
    if (area.name.includes("__prefix__")) continue;
    inSight.observe(framed(area));
    let timer;
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE, area);
    });
  }
}

start(document);
document.addEventListener("formset:added", (event) => start(event.target));
