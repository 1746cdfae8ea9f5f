// Lets the merged text start from either side's words, as long as nobody has changed them there:
// what was typed into the form is never replaced.

const AROUND = 40; // characters that tell a place in the text

const stretchesOf = new Map(); // the texts that stand in a field, by its name

function stretches(choose) {
  const { body, stretches: id } = choose.dataset;
  if (!stretchesOf.has(body)) {
    stretchesOf.set(body, JSON.parse(document.getElementById(id).textContent));
  }
  return stretchesOf.get(body);
}

function only(text, sought) {
  const at = text.indexOf(sought);
  return sought.trim() && at === text.lastIndexOf(sought) ? at : -1;
}

// Where the stretch stands in the text; -1 where it is not to be found for certain.
function place(text, texts, number) {
  const before = texts.slice(0, number).join("");
  const after = texts.slice(number + 1).join("");
  if (text === texts.join("")) return before.length;
  const lead = before.slice(-AROUND);
  const at = only(text, lead + texts[number] + after.slice(0, AROUND));
  return at < 0 ? only(text, texts[number]) : at + lead.length;
}

function put(choose, text) {
  const field = document.getElementsByName(choose.dataset.body)[0];
  const texts = stretches(choose);
  const number = Number(choose.dataset.stretch);
  const whole = field.value + "\n"; // as the stretches have it
  const at = place(whole, texts, number);
  if (at < 0) return false;
  const merged = whole.slice(0, at) + text + whole.slice(at + texts[number].length);
  field.value = merged.replace(/\n$/, "");
  texts[number] = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const field = document.getElementsByName(name)[0];
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const choose of document.querySelectorAll(".choose")) {
  choose.hidden = false;
  choose.addEventListener("change", ({ target }) => {
    const done = target.dataset.values
      ? (fill(JSON.parse(target.dataset.values)), true)
      : put(choose, target.dataset.text);
    choose.querySelector("output").hidden = done;
    target.checked = done;
  });
}
