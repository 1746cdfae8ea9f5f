// The search of an exported site, which has no server: over an index in files, of which it loads the
// parts that hold the words. articles/exporting/searching.py says what they hold.
const root = document.querySelector("#static-search");
const form = document.querySelector('form[role="search"]');
const address = new URL(location.href);
const asked = (name) => (address.searchParams.get(name) ?? "").trim().slice(0, 200);
const [PER_PAGE, LOOKED_THROUGH, LENGTH, BEFORE] = [10, 100, 320, 80];
const PREFERRED = 3; // times better is what is found in the page's language
const SHOWN = { heading: 2, sentence: 3, source: 2, tag: 9 };
const WORD = /(?<!\d)\d{1,3}(?:[,.’'\u00a0\u202f]\d{3})+(?!\d)|[\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f]*/gu;
const PART = /((?<!\S)-(?=["\p{L}\p{N}]))?(?:"([^"]*)"|([^\s"]+))/gu;
const LETTERS = { œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", ı: "i", ß: "ss" };

const fold = (word) => word.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "")
  .replace(/[œæøłđıß]/g, (letter) => LETTERS[letter]).slice(0, 60);
const words = (text) => [...text.matchAll(WORD)].map((found) => (
  { folded: fold(found[0]), start: found.index, end: found.index + found[0].length }));

async function load(name) {
  const answer = await fetch(new URL(`${root.dataset.index}${name}.json`, address));
  if (!answer.ok) throw new Error(`${answer.status} ${name}`);
  return answer.json();
}

function say(name, values = {}) {
  const said = document.querySelector(`#${name}`).content.cloneNode(true);
  const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    walk.currentNode.data = walk.currentNode.data.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  }
  return said;
}

const counted = (name, n) => say(`say-${name}-${n === 1 ? "one" : "many"}`, { n });

function understood(typed, common) {
  const parts = [];
  for (const [, minus, phrase, word] of typed.matchAll(PART)) {
    const all = words(phrase ?? word).map((found) => found.folded);
    const kept = phrase === undefined ? all.filter((one) => !common.includes(one)) : all;
    if (all.length) parts.push({ all, kept, without: Boolean(minus) });
  }
  const wanted = parts.filter((part) => !part.without && part.kept.length);
  return [
    (wanted.length ? wanted : parts.filter((part) => !part.without)).slice(0, 16)
      .map((part) => (wanted.length ? part.kept : part.all)),
    parts.filter((part) => part.without && part.kept.length).map((part) => part.kept),
  ];
}

function slips(a, b) {
  let [before, row] = [[], [...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

// A word's lines of the index; of one that no article holds, those of its nearest other forms.
async function lookUp(word, parts) {
  const name = [...word].slice(0, 2).map((s) => (/[a-z0-9]/.test(s) ? s : `u${s.codePointAt(0).toString(16)}`)).join("");
  const lines = parts.includes(name) ? (await load(`words/${name}`)).map(([forms, at]) => [forms.split(" "), at]) : [];
  let found = lines.filter(([forms]) => forms.includes(word));
  let meant = "";
  if (!found.length && word.length > 3) {
    const ends = (a, b) => b.startsWith(a) && a.length > 3 && b.length - a.length < 4;
    found = lines.filter(([forms]) => forms.some((form) => ends(form, word) || ends(word, form)));
    const most = word.length > 6 ? 2 : 1;
    const near = lines.flatMap(([forms]) => forms).map((form) => [slips(word, form), form]).filter(([far]) => far <= most);
    meant = near.sort(([a], [b]) => a - b)[0]?.[1] ?? "";
  }
  const weights = new Map();
  for (const pair of found.flatMap(([, at]) => at.split(" "))) {
    const [article, weight] = pair.split(".");
    weights.set(article, (weights.get(article) ?? 0) + Number(weight));
  }
  return { word, forms: new Set(found.flatMap(([forms]) => forms)), weights, meant };
}

// Where the parts stand in a text: which of them, and the places of their words.
function standing(text, wanted) {
  const [there, held, hit] = [words(text), new Set(), new Set()];
  there.forEach((_, at) => wanted.forEach((part, number) => {
    if (part.every((one, i) => one.forms.has(there[at + i]?.folded))) {
      held.add(number);
      part.forEach((_one, i) => hit.add(at + i));
    }
  }));
  return { held, spans: there.filter((_, at) => hit.has(at)) };
}

function marked(text, spans) {
  const pieces = document.createDocumentFragment();
  let [at, end] = [0, text.length];
  if (end > LENGTH) {
    at = spans[0] && spans[0].start > BEFORE ? text.indexOf(" ", spans[0].start - BEFORE) + 1 : 0;
    end = Math.max(text.lastIndexOf(" ", at + LENGTH), spans[0]?.end ?? 0);
  }
  if (at) pieces.append("…");
  for (const { start, end: stop } of spans.filter((span) => span.start >= at && span.end <= end)) {
    const mark = document.createElement("mark");
    mark.append(text.slice(start, stop));
    pieces.append(text.slice(at, start), mark);
    at = stop;
  }
  pieces.append(text.slice(at, end), end < text.length ? "…" : "");
  return pieces;
}

// The article's lines of a kind that hold the words: all of them, or as many as there are.
function holding(rows, wanted, textOf) {
  const found = rows.map((row) => ({ row, text: textOf(row), ...standing(textOf(row), wanted) })).filter((line) => line.held.size);
  const whole = found.filter((line) => line.held.size === wanted.length);
  return whole.length ? whole : found.sort((a, b) => b.held.size - a.held.size);
}

function inside(article, wanted, tag, verdict) {
  const tagged = (section) => !tag || article.sections[section][2].includes(tag);
  const narrowed = tag || verdict;
  return {
    heading: verdict ? [] : holding(article.sections.filter((_, at) => tagged(at)), wanted, (row) => row[0]),
    sentence: holding(article.sentences.filter((row) => tagged(row[1]) && (!verdict || row[2] === verdict)), wanted, (row) => row[4]),
    source: narrowed ? [] : holding(article.sources, wanted, (row) => row[1]),
    tag: narrowed ? [] : holding(Object.values(article.tags), wanted, (row) => row[1]),
  };
}

function shown(article, found, wanted) {
  const section = say("say-article");
  const [link, list, base] = [section.querySelector("a"), section.querySelector("ol"), "../"];
  section.querySelector("h2").lang = article.language;
  link.href = base + article.path;
  link.append(marked(article.title, standing(article.title, wanted).spans));
  section.querySelector(".soft").append(article.headlines[root.dataset.language], " ", found.sentence.length ? counted("sentences", found.sentence.length) : "");
  const seen = new Set();
  for (const [kind, most] of Object.entries(SHOWN)) {
    for (const line of found[kind].slice(0, most)) {
      const late = kind === "source" || kind === "tag";
      if (late && [...line.held].every((part) => seen.has(part))) continue;
      if (!late) line.held.forEach((part) => seen.add(part));
      list.append(hit(kind, line, article, base));
    }
  }
  if (!list.children.length) list.remove();
  return section;
}

function hit(kind, { row, text, spans }, article, base) {
  const item = say(`say-${kind}`);
  const paragraph = item.querySelector(".hit");
  paragraph.lang = kind === "source" ? row[2] : article.language;
  paragraph.dir = "auto";
  const fragment = { sentence: `#c-${row[0]}`, heading: `#${row[1]}` }[kind];
  paragraph.querySelector("a").href = base + (fragment ? article.path + fragment : row[0]);
  paragraph.querySelector("a").append(marked(text, spans));
  if (kind === "sentence") {
    const [heading] = article.sections[row[1]];
    const place = item.querySelector(".soft [lang]");
    place.lang = heading ? article.language : root.dataset.language;
    place.replaceChildren(heading || say("say-introduction"));
    item.querySelector(".by")?.remove();
    const state = say(document.querySelector(`#state-${row[3]}`) ? `state-${row[3]}` : "state-none");
    if (row[5]) state.querySelector(".by")?.append(", ", say("say-about", { claimant: row[5] }));
    item.querySelector(".verdict").replaceWith(state);
  }
  return item;
}

function leading(values) {
  const there = new URLSearchParams({ q: asked("q"), tag: asked("tag"), verdict: asked("verdict"), language: asked("language"), ...values });
  [...there].forEach(([name, value]) => value || there.delete(name));
  return `?${there}`;
}

function filters(index) {
  const row = say("say-filters");
  const tags = row.querySelector('[name="tag"]');
  for (const [slug, name] of Object.entries(index.tags).sort((a, b) => a[1].localeCompare(b[1]))) tags.append(new Option(name, slug));
  if (tags.length < 2) tags.parentElement.remove();
  for (const select of row.querySelectorAll("select")) select.value = asked(select.name);
  const [none] = row.querySelectorAll("a");
  if (asked("tag") || asked("verdict") || asked("language")) none.href = leading({ tag: "", verdict: "", language: "" });
  else none.remove();
  form.append(row);
}

async function found(index, parts, without) {
  const [tag, verdict, language] = ["tag", "verdict", "language"].map(asked);
  const allowed = (id) => {
    const [of, tags, states] = index.articles[id];
    return (!language || of === language) && (!tag || tags.includes(tag)) && (!verdict || states.includes(verdict));
  };
  const total = Object.keys(index.articles).length;
  const weigh = (part, id) => part.reduce((sum, one) => sum + Math.log(1 + total / one.weights.size) * Math.log(1 + one.weights.get(id)), 0);
  const holds = (part, id) => part.every((one) => one.weights.has(id));
  const scored = (every) => Object.keys(index.articles).filter(allowed)
    .filter((id) => (every ? parts.every((part) => holds(part, id)) : parts.some((part) => holds(part, id))))
    .filter((id) => !without.some((part) => part.length === 1 && holds(part, id)))
    .map((id) => [id, (index.articles[id][0] === root.dataset.language ? PREFERRED : 1)
      * parts.reduce((sum, part) => sum + (holds(part, id) ? weigh(part, id) : 0), 0)])
    .sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([id]) => id);
  const whole = scored(true);
  return { ids: whole.length || parts.length < 2 ? whole : scored(false), every: whole.length > 0 };
}

async function search() {
  const typed = asked("q");
  if (!typed) return; // somebody may be typing the first words by now
  form.q.value = typed;
  const index = await load("index");
  const [parts, without] = understood(typed, index.common);
  if (!parts.length) return;
  filters(index);
  const all = (list) => Promise.all(list.map((part) => Promise.all(part.map((word) => lookUp(word, index.parts)))));
  const [wanted, unwanted] = await Promise.all([all(parts), all(without)]);
  const { ids, every } = await found(index, wanted, unwanted);
  const page = Math.max(1, Number(asked("page")) || 1);
  const careful = asked("tag") || asked("verdict") || [...wanted, ...unwanted].some((part) => part.length > 1);
  const documents = (list) => Promise.all(list.map((id) => load(`articles/${id}`)));
  const look = (list) => list.map((article) => ({ article, found: inside(article, wanted, asked("tag"), asked("verdict")) }));
  const holds = ({ article, found: lines }) => {
    const held = new Set([...Object.values(lines).flat().flatMap((line) => [...line.held]), ...(asked("tag") || asked("verdict") ? [] : standing(article.title, wanted).held)]);
    const there = Object.values(inside(article, unwanted)).flat().length;
    return (every ? held.size === wanted.length : held.size) && !there;
  };
  let results = look(await documents(careful ? ids.slice(0, LOOKED_THROUGH) : ids.slice((page - 1) * PER_PAGE, page * PER_PAGE)));
  if (careful) results = results.filter(holds);
  const total = careful ? results.length : ids.length;
  if (careful) results = results.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  show({ typed, total, results, wanted, every, page, least: careful && ids.length > LOOKED_THROUGH });
}

function show({ typed, total, results, wanted, every, page, least }) {
  const box = say("say-status");
  const status = box.querySelector("p");
  const narrowed = asked("tag") || asked("verdict") || asked("language");
  if (!total) status.append(say(narrowed ? "say-none-narrowed" : "say-none", { words: typed }));
  else status.append(every ? "" : say("say-some"), " ", counted(least ? "least" : "found", total), " ", say("say-leads"));
  root.append(box);
  const wrong = wanted.flat().filter((one) => one.meant);
  if ((total < 3 || !every) && wrong.length) {
    const meant = wrong.reduce((text, one) => text.replace(new RegExp(one.word, "i"), one.meant), typed);
    const line = say("say-meant", { words: meant });
    line.querySelector("a").href = leading({ q: meant });
    root.append(line);
  }
  const list = document.createElement("div");
  list.className = "narrow results";
  results.forEach(({ article, found: lines }) => list.append(shown(article, lines, wanted)));
  const pages = Math.ceil(total / PER_PAGE);
  if (pages > 1) {
    const row = say("say-pages", { n: page, total: pages });
    for (const [rel, to] of [["prev", page - 1], ["next", page + 1]]) {
      const link = row.querySelector(`[rel="${rel}"]`);
      if (to < 1 || to > pages) link.remove();
      else link.href = leading({ page: to });
    }
    list.append(row);
  }
  root.append(list);
}

search().catch(() => {
  const box = say("say-status");
  box.querySelector("p").append(say("say-failed"));
  root.append(box);
});
