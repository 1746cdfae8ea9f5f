// Puts one side's text into the field below; the other sides stay in sight to go back to.

for (const choose of document.querySelectorAll(".choose")) choose.hidden = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = document.getElementsByName(button.dataset.fill)[0];
  field.value = button.dataset.text;
  field.closest("details")?.setAttribute("open", "");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
