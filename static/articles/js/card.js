// Keeps a sentence in sight when its evidence opens over it, as the sheet on a phone does.
// Without it the sentence is scrolled to by hand.
const SPACE = 12; // pixels between the sentence's mark and the card

document.addEventListener(
  "toggle",
  (event) => {
    const card = event.target;
    if (event.newState !== "open" || !card.matches(".card")) return;
    const mark = document.querySelector(`[popovertarget="${card.id}"]`).getBoundingClientRect();
    const { top, left, right } = card.getBoundingClientRect();
    const beside = mark.right < left || mark.left > right;
    const covered = mark.bottom + SPACE - top;
    if (!beside && covered > 0) scrollBy({ top: covered });
  },
  true, // the event does not bubble
);
