// Keeps the reader's choice of marks from page to page. Without it the choice lasts for one page.
const KEY = "marks";
const choices = document.querySelectorAll('input[name="show"]');

try {
  const kept = localStorage.getItem(KEY);
  for (const choice of choices) {
    choice.checked = choice.value === kept || (!kept && choice.defaultChecked);
    choice.addEventListener("change", () => localStorage.setItem(KEY, choice.value));
  }
} catch {
  // Storage is switched off: the choice holds for this page.
}
