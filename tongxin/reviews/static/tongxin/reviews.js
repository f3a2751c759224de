// Comforts of the review queue: one key for each act, and the time in which it can be undone.

const writes = (target) =>
  target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

// Caught before the keys of every page, which walk the rows of a list.
window.addEventListener(
  "keydown",
  (event) => {
    if (!document.querySelector("[data-single-keys]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (writes(event.target)) return;
    const key = event.key.toLowerCase();
    const found = [...document.querySelectorAll("[data-key]")].find(
      (node) => node.dataset.key === key && (node.matches("a") || node.checkVisibility()),
    );
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    found.click();
    // To the fields: the arrows choose the one to be corrected, then a number gives the reason.
    if (key === "r" && found.parentElement.open)
      [...document.querySelectorAll("input[name=field]")]
        .find((node) => node.checkVisibility())
        ?.focus();
  },
  true,
);

for (const note of document.querySelectorAll("[data-lasts]"))
  setTimeout(() => note.querySelector("form")?.remove(), Number(note.dataset.lasts) * 1000);
