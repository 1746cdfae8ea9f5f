// Says what changed since the reader's last visit. The visits stay in this browser; without it,
// or on a first visit, the page links to its history instead.
const SHOWN_FOR = 24 * 60 * 60 * 1000; // milliseconds, so that a reload does not lose it
const line = document.querySelector(".since-visit");
const article = document.querySelector(".article");
const key = `visit ${article?.dataset.article}`;
const now = Date.now();

function visited(number) {
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  const last = { number, at: now, before: kept?.before };
  if (kept && kept.number !== number) last.before = { number: kept.number, at: kept.at, met: now };
  if (last.before && now - last.before.met > SHOWN_FOR) delete last.before;
  localStorage.setItem(key, JSON.stringify(last));
  return last.before;
}

async function tell({ number, at }) {
  const address = `${line.dataset.compare}${number}..${article.dataset.revision}/`;
  const answer = await fetch(address);
  if (!answer.ok) return; // the revision of then is not to be had: the link to the history stays
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const locale = document.documentElement.lang.replace(/^en$/, "en-GB"); // 3 May, as elsewhere here
  const day = new Date(at).toLocaleDateString(locale, { dateStyle: "long" });
  const link = document.createElement("a");
  link.href = address;
  link.textContent = page.querySelector("main .lead").textContent.trim();
  line.replaceChildren(`${line.dataset.words.replace("%s", day)} `, link);
}

try {
  const before = line && visited(Number(article.dataset.revision));
  if (before) await tell(before);
} catch {
  // Storage is switched off, or the network is gone.
}
