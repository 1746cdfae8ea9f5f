// Offers known tags for the name that is being typed: the browser's own list knows one value a
// field, so each offer holds the names before the last comma as well.

const known = JSON.parse(document.getElementById("known-tags")?.textContent ?? "[]");
const list = document.getElementById("tag-names");
const fold = (name) => name.normalize("NFC").toLocaleLowerCase();

function offer(field) {
  const names = field.value.split(",");
  const begun = fold(names.pop().trim());
  const before = names.map((name) => name.trim()).filter(Boolean);
  const taken = new Set(before.map(fold));
  const fitting = known.filter((name) => !taken.has(fold(name)) && fold(name).includes(begun));
  list.replaceChildren(
    ...fitting.slice(0, 20).map((name) => {
      const option = document.createElement("option");
      option.value = [...before, name].join(", ");
      option.label = name;
      return option;
    }),
  );
}

for (const moment of ["focusin", "input"]) {
  document.addEventListener(moment, (event) => {
    if (event.target.matches("input.tags")) offer(event.target);
  });
}
