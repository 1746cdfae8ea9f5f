// Sections change places by dragging their grip, or with the arrow keys on their number.
// The numbers are what is saved; the script only keeps them in the order of the page.

const rows = () => [...document.querySelectorAll(".inline-related.section:not(.empty-form)")];
const place = (row) => row.querySelector("[name$=-position]");
const heading = (row) => row.querySelector("[name$=-heading]");

function number() {
  rows().forEach((row, at) => (place(row).value = at + 1));
}

function move(row, target, after) {
  if (row === target || !target) return;
  target[after ? "after" : "before"](row);
  number();
}

function belowMiddle(event, row) {
  const box = row.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

let dragged = null;

function start(row) {
  const grip = row.querySelector(".grip");
  grip.addEventListener("dragstart", (event) => {
    dragged = row;
    row.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(row.querySelector("h3"), 10, 10);
  });
  grip.addEventListener("dragend", () => {
    row.classList.remove("dragged");
    dragged = null;
  });
  row.addEventListener("dragover", (event) => {
    if (!dragged || dragged === row) return;
    event.preventDefault();
    row.classList.toggle("drop-after", belowMiddle(event, row));
    row.classList.toggle("drop-before", !belowMiddle(event, row));
  });
  for (const ending of ["dragleave", "drop"]) {
    row.addEventListener(ending, () => row.classList.remove("drop-after", "drop-before"));
  }
  row.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    move(dragged, row, belowMiddle(event, row));
  });
  place(row).addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = rows();
    move(row, all[all.indexOf(row) + step], step > 0);
    event.target.focus();
  });
  // A number that was typed moves the section there.
  place(row).addEventListener("change", () => {
    const others = rows().filter((other) => other !== row);
    const wanted = Number(place(row).value) || others.length + 1;
    if (wanted > others.length) move(row, others.at(-1), true);
    else move(row, others[Math.max(wanted, 1) - 1], false);
    number();
    row.scrollIntoView({ block: "nearest" });
  });
  heading(row).addEventListener("input", () => {
    const label = row.querySelector(".inline_label");
    label.textContent = heading(row).value || heading(row).placeholder;
  });
}

rows().forEach(start);
document.addEventListener("formset:added", (event) => {
  if (event.detail.formsetName !== "sections") return;
  start(event.target);
  number();
  heading(event.target).focus();
});
