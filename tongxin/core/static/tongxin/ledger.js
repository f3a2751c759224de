// Keys and clicks in a ledger: one click selects a row, a double click opens it, arrows walk,
// Escape leaves. j, k and / are those of every page (tongxin.js); Enter opens, for it is a link.

const linkIn = (row) => row?.querySelector("th a");
const rowAt = (target) => target.closest("table.ledger tbody tr");

document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, label") || String(getSelection())) return;
  linkIn(rowAt(event.target))?.focus();
});

document.addEventListener("dblclick", (event) => {
  if (event.target.closest("a, button, input, label")) return;
  linkIn(rowAt(event.target))?.click();
});

document.addEventListener("keydown", (event) => {
  const row = rowAt(event.target);
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const other = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
  if (other) {
    event.preventDefault();
    linkIn(other)?.focus();
  } else if (event.key === "Escape") event.target.blur();
});
