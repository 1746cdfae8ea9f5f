// Marks the section that is being read in the contents beside the text, and keeps its entry in
// sight there. Without it the contents stand still.
const wide = matchMedia("(min-width: 77rem)");
const contents = document.querySelector(".toc");
const rail = document.querySelector(".rail");
const links = new Map();
for (const link of contents?.querySelectorAll("a") ?? []) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}
const LINE = 0.2; // of the window's height, from the top: where one reads

// All that is above the line counts as seen. The observer tells which sections are: to measure
// them here would have sections laid out that are far from sight.
const seen = new Set();

function show(entries) {
  for (const entry of entries) {
    if (entry.isIntersecting) seen.add(entry.target);
    else seen.delete(entry.target);
  }
  // Of sections within each other the innermost: it begins last.
  const current = [...links.keys()].findLast((section) => seen.has(section));
  for (const [section, link] of links) {
    if (section === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (!current || !wide.matches) return;
  const entry = links.get(current).getBoundingClientRect();
  const frame = rail.getBoundingClientRect();
  // By hand, since scrollIntoView would move the page as well.
  if (entry.top < frame.top || entry.bottom > frame.bottom - frame.height / 3) {
    rail.scrollTop += entry.top - frame.top - frame.height / 3;
  }
}

const observer = new IntersectionObserver(show, {
  rootMargin: `1000000px 0px ${-100 * (1 - LINE)}% 0px`,
});
for (const section of links.keys()) observer.observe(section);
