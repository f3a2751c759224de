"""What every page must be like, whatever stands on it."""

from axe_playwright_python.sync_playwright import Axe

SMALLEST_LETTER = 13
SMALLEST_TARGET = 24
AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

# Returns a list of sentences, one for each fault.
SCRIPT = r"""
([smallestLetter, smallestTarget, quoted]) => {
  const faults = [];
  const told = (node) =>
    `<${node.tagName.toLowerCase()}${node.id ? "#" + node.id : ""} ${node.className}> `
    + (node.innerText || node.value || "").trim().slice(0, 40);
  const shown = (node) => {
    const box = node.getBoundingClientRect();
    return node.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };
  const root = document.documentElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over > 0) faults.push(`${over} px too wide`);
  const heads = [...document.querySelectorAll("h1")].filter(shown).length;
  if (heads !== 1) faults.push(`${heads} h1`);
  if (!root.lang) faults.push("no language");
  if (!document.title.trim()) faults.push("no title");

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const badMarks = /\p{Script=Han}[,:;?!()]|[,:;?!()]\p{Script=Han}| · /u;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !shown(node)) continue;
    const size = parseFloat(getComputedStyle(node).fontSize);
    if (size < smallestLetter) faults.push(`letters of ${size} px: ${text.slice(0, 40)}`);
    let own = text;
    for (const words of quoted) own = own.replaceAll(words, "");
    if (badMarks.test(own)) faults.push(`half-width mark: ${text.slice(0, 60)}`);
  }
  for (const node of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    for (const name of ["aria-label", "placeholder", "title"])
      if (badMarks.test(node.getAttribute(name) || ""))
        faults.push(`half-width mark in ${name}: ${node.getAttribute(name)}`);

  for (const node of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const named = node.labels?.length || node.getAttribute("aria-label");
    if (!named) faults.push(`no label: ${told(node)}`);
  }

  // A small target is allowed inside a line of text, or with 24 px around its middle to itself.
  const hit = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const targets = [...document.querySelectorAll(hit)]
    .filter((node) => shown(node) && !node.matches(".skip"))
    .map((node) => [node, node.getBoundingClientRect()]);
  const inText = (node) => getComputedStyle(node).display === "inline"
    && node.parentElement.innerText.trim().length > node.innerText.trim().length;
  for (const [node, box] of targets) {
    if (box.width >= smallestTarget && box.height >= smallestTarget) continue;
    if (inText(node)) continue;
    const x = box.x + box.width / 2, y = box.y + box.height / 2, r = smallestTarget / 2;
    const close = targets.find(([other, its]) => {
      if (other === node || other.contains(node) || node.contains(other)) return false;
      const dx = Math.max(its.left - x, 0, x - its.right);
      const dy = Math.max(its.top - y, 0, y - its.bottom);
      return Math.hypot(dx, dy) < r;
    });
    const size = `${box.width.toFixed()}×${box.height.toFixed()}`;
    if (close) faults.push(`target of ${size} px: ${told(node)}`);
  }
  for (const node of document.querySelectorAll(".tile, .btn, .tag, .nav a"))
    if (shown(node)
        && (node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1))
      faults.push(`cut off: ${told(node)}`);
  return faults;
}
"""


def faults(page, quoted=()):
    """Return what is wrong with a page by our own rules; `quoted` are words of the source."""
    page.wait_for_load_state()
    return page.evaluate(SCRIPT, [SMALLEST_LETTER, SMALLEST_TARGET, list(quoted)])


def barriers(page, rules=None):
    """Return what axe finds."""
    found = AXE.run(page, options={"resultTypes": ["violations"], **(rules or RULES)})
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found.response["violations"]
        for node in each["nodes"][:3]
    ]
