// Comforts only: every page works without this file.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// A form that came back with errors starts at its list of errors.
const toErrors = (root) => root.querySelector(".error-summary")?.focus();
toErrors(document);
document.body.addEventListener("htmx:afterSettle", (event) => {
  toErrors(event.target);
  // On a phone the panel lies below the whole document: go there.
  if (event.target.id === "trace") event.target.scrollIntoView({ block: "nearest" });
});

// The figure whose source is open is marked, as it is when the server draws the page.
document.body.addEventListener("htmx:afterRequest", ({ detail: { elt } }) => {
  if (!elt.matches(".fig")) return;
  for (const open of document.querySelectorAll(".fig[aria-current]")) open.removeAttribute("aria-current");
  elt.setAttribute("aria-current", "true");
});

// A form reached again with Back is the same form: it keeps its number, so that sending it twice
// makes one record. The history keeps it where the page itself was not kept.
const number = document.querySelector("main [name=submission]");
if (number && history.state?.submission) number.value = history.state.submission;
else if (number) history.replaceState({ ...history.state, submission: number.value }, "");

// "/" goes to the search box; j and k walk the rows of a ledger, Enter opens (it is a link).
const walk = (step) => {
  const rows = [...document.querySelectorAll("table.ledger tbody tr, .todo li")].filter((row) =>
    row.querySelector("a"),
  );
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : now + step;
  rows[Math.min(Math.max(next, 0), rows.length - 1)].querySelector("a").focus();
};

// Ctrl+K goes to the search over everything; where its box is folded away, to its page.
const toSearch = (event) => {
  const box = document.querySelector(".seek input");
  if (box?.offsetParent) {
    box.focus();
    box.select();
  } else {
    const page = document.querySelector("a.seek-page");
    if (!page) return;
    page.click();
  }
  event.preventDefault();
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    return;
  }
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "k") {
    toSearch(event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) return;
  if (event.key === "/") {
    const box = [...document.querySelectorAll("[type=search]")].find((input) => input.offsetParent);
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  } else if (event.key === "j" || event.key === "J") walk(1);
  else if (event.key === "k" || event.key === "K") walk(-1);
});

// A menu closes when the user acts elsewhere.
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});
