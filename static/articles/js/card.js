// Keeps a sentence in sight when its evidence opens over it, as the sheet on a phone does, and
// fetches the words around its quotes. Without it the sentence is scrolled to by hand, and those
// words stand on the sentence's own page.
const SPACE = 12; // pixels between the sentence's mark and the card

function keepInSight(card) {
  const mark = document.querySelector(`[popovertarget="${card.id}"]`).getBoundingClientRect();
  const { top, left, right } = card.getBoundingClientRect();
  const beside = mark.right < left || mark.left > right;
  const covered = mark.bottom + SPACE - top;
  if (!beside && covered > 0) scrollBy({ top: covered });
}

async function showContext(card) {
  const found = [...card.querySelectorAll("blockquote")].map((quote) => quote.nextElementSibling);
  const record = card.querySelector(".more a");
  const some = found.some((check) => check?.matches('[data-check="exact"], [data-check="near"]'));
  if (!record || !some || card.dataset.context) return;
  card.dataset.context = "asked";
  const answer = await fetch(record.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const checks = page.querySelectorAll(".evidence blockquote + .check");
  if (checks.length !== found.length) return; // published anew since this page was loaded
  found.forEach((check, place) => {
    const around = checks[place].nextElementSibling;
    check.replaceWith(checks[place], ...(around?.matches(".around") ? [around] : []));
  });
}

document.addEventListener(
  "toggle",
  (event) => {
    const card = event.target;
    if (event.newState !== "open" || !card.matches(".card")) return;
    keepInSight(card);
    showContext(card).catch(() => {}); // without a network the card stays as it is
  },
  true, // the event does not bubble
);
