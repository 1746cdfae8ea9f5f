// The desk without full reloads, and by keys. Every link and form works without this script: it
// sends what the browser would send, and puts the answer's #desk in the place of the present one.

const GONE = "#desk"; // what an answer lacks that is another page: a log-in, an error

let asking; // the request under way; a newer one ends it
let lastSource = 0;

const desk = () => document.querySelector("#desk");
const find = (selector) => desk().querySelector(selector);

async function exchange(request, { push = true, focus = true } = {}) {
  asking?.abort();
  asking = new AbortController();
  desk().classList.add("busy");
  const answer = await fetch(request, { signal: asking.signal, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const laid = page.querySelector(GONE);
  if (!laid) throw new Error("another page");
  const before = find(".sheet")?.scrollTop ?? 0;
  const from = desk().getBoundingClientRect().top + window.scrollY;
  desk().replaceWith(document.adoptNode(laid));
  if (push) history.pushState({}, "", answer.url);
  document.title = page.title;
  prepare(before);
  if (focus) panelInSight(from);
}

function panelInSight(top) {
  const wide = matchMedia("(min-width: 64rem)").matches;
  if (!wide) find("#panel")?.scrollIntoView({ block: "start" });
  else if (window.scrollY > top) window.scrollTo({ top: 0 });
  find("#panel")?.setAttribute("tabindex", "-1");
  find("#panel")?.focus({ preventScroll: true });
}

function prepare(scrolled) {
  desk().classList.add("scripted");
  lastSource = 0;
  const sheet = find(".sheet");
  const chosen = find(".sheet .claim[aria-current]");
  if (sheet && scrolled !== undefined) sheet.scrollTop = scrolled;
  if (!sheet || !chosen) return;
  const [outer, inner] = [sheet.getBoundingClientRect(), chosen.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    sheet.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}

// What somebody wrote and did not send, other than words that are looked for.
function unsent() {
  const fields = find("#panel")?.querySelectorAll("textarea, input[type=text], input[type=url]");
  return [...(fields ?? [])].some(
    (field) => field.value !== field.defaultValue && !(field.name === "title" && !field.dataset.typed),
  );
}

function go(address) {
  if (unsent() && !confirm(desk().dataset.unsent)) return;
  const target = new URL(address, location.href);
  exchange(target.href).catch((error) => {
    if (error.name !== "AbortError") location.assign(target.href);
  });
}

function send(form, button) {
  if (desk().classList.contains("busy")) return; // it is on its way
  const data = new FormData(form, button);
  const request = new Request(form.action, { method: "POST", body: new URLSearchParams(data) });
  exchange(request).catch((error) => {
    if (error.name === "AbortError") return;
    // The browser's own way shows whatever the answer is: a log-in, an error, no network.
    if (button?.name) form.append(Object.assign(document.createElement("input"), {
      type: "hidden", name: button.name, value: button.value,
    }));
    form.submit();
  });
}

function samePage(link) {
  return link.origin === location.origin && link.pathname === location.pathname;
}

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!event.target.closest("#desk")) return;
  const link = event.target.closest("a[href]");
  if (link) {
    if (link.getAttribute("href") === "#cite") {
      event.preventDefault();
      open("#cite", "#id_find");
    } else if (samePage(link) && link.search && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      go(link.href);
    }
    return;
  }
  const claim = event.target.closest(".sheet .claim");
  if (!claim || getSelection().toString()) return;
  const marks = find(".sheet").querySelectorAll(".mark");
  const uid = claim.dataset.claim;
  const mark = [...marks].find((m) => new URL(m.href).searchParams.get("claim") === uid);
  const box = find(`.sheet .pick[value="${uid}"]`);
  if (box) box.checked = !box.checked;
  else if (mark) go(mark.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#desk") || form.method === "dialog") return;
  event.preventDefault();
  if (form.method === "get") lookFor(form);
  else send(form, event.submitter);
});

// Sources are found while typing; what is typed elsewhere in the panel stays.
async function lookFor(form) {
  const address = new URL(location.pathname, location.href);
  address.search = new URLSearchParams(new FormData(form));
  const answer = await fetch(address, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("#found");
  const words = form.elements.find.value;
  if (found && address.searchParams.get("find") === words) {
    find("#found").replaceWith(document.adoptNode(found));
    const title = find(".new-source [name=title]");
    if (!title.value || title.dataset.typed !== "true") title.value = words;
  }
}

let typing;
document.addEventListener("input", (event) => {
  if (event.target.name === "title") event.target.dataset.typed = "true";
  if (event.target.id !== "id_find") return;
  clearTimeout(typing);
  typing = setTimeout(lookFor, 250, event.target.form);
});

function open(details, field) {
  const box = find(details);
  if (!box) return;
  box.open = true;
  const input = box.querySelector(field);
  input?.focus();
  input?.scrollIntoView({ block: "nearest" });
}

function choose(number) {
  const radio = desk().querySelectorAll(".ratings input")[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus({ preventScroll: true });
}

function openSource() {
  const links = desk().querySelectorAll(".open-source");
  if (!links.length) return;
  links[lastSource++ % links.length].click();
}

function nextToDo() {
  const address = new URL(location.href);
  const uid = find("#panel")?.dataset.claimUid;
  if (address.searchParams.get("show") === "open" || !address.searchParams.has("show")) {
    follow("a[rel=next]");
    return;
  }
  address.searchParams.set("show", "open");
  if (uid) address.searchParams.set("after", uid);
  address.searchParams.delete("claim");
  go(address.href);
}

// Words that are marked in the text are what the claim is to be about.
function selected() {
  const marked = getSelection();
  const inside = marked.rangeCount && find(".sheet")?.contains(marked.anchorNode);
  return inside ? marked.toString().trim() : "";
}

const follow = (selector) => find(selector)?.click();

const KEYS = {
  j: () => follow("a[rel=next]"),
  k: () => follow("a[rel=prev]"),
  u: nextToDo,
  n: () => find(".verdict-form [name=note]")?.focus(),
  y: () => {
    const box = find("[name=source_read]");
    if (!box) return;
    box.checked = true;
    box.form.querySelector("button").focus();
  },
  s: () => follow("a.start"),
  r: () => find(".reaffirm button")?.focus(),
  d: () => open(".dismiss", "[name=why]"),
  o: openSource,
  c: () => open("#cite", "#id_find"),
  e: () => open("#correct", "textarea"),
  w: () => open("#whose", "input"),
  x: () => {
    const words = selected();
    open("#extent", "textarea");
    if (words) find("#extent textarea").value = words;
  },
  "?": () => find(".help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (!desk() || find(".help")?.open) return;
  const field = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form") ?? find(".verdict-form");
    event.preventDefault();
    form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (field) {
    if (event.key === "Escape") find("#panel")?.focus();
    return;
  }
  if (event.key === "Enter") {
    // On a button or link the browser does the right thing by itself.
    if (event.target.closest("a, button, summary")) return;
    if (find(".verdict-form [name=rating]:checked")) {
      event.preventDefault();
      find(".verdict-form").requestSubmit(find(".verdict-form [name=_save]"));
    }
    return;
  }
  if (event.key >= "1" && event.key <= "7") {
    event.preventDefault();
    choose(Number(event.key));
    return;
  }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

addEventListener("popstate", () => {
  exchange(location.href, { push: false }).catch(() => location.reload());
});

prepare();
if (location.hash === "#panel") panelInSight(0);
