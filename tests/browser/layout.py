"""What can be measured about the layout of an open page: what is wider than the screen, cut off, or printed over."""

from playwright.sync_api import Page

PROBLEMS = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const clipped = [...document.querySelectorAll("*")].filter(one => getComputedStyle(one).clipPath === "inset(50%)");
  const isHidden = element => !element.checkVisibility() || clipped.some(one => one.contains(element))
    || element.closest(".skip-link:not(:focus)");
  const name = element => `<${element.tagName.toLowerCase()} class="${element.className}">`;
  if (document.documentElement.scrollWidth > wide)
    found.push(`the page is ${document.documentElement.scrollWidth} px wide, the screen ${wide} px`);
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    if (isHidden(element) || style.display === "inline" || element.matches("input")) continue;
    const cuts = direction => style[`overflow${direction}`] !== "visible";
    if ((cuts("X") && element.scrollWidth > element.clientWidth + 1) ||
        (cuts("Y") && element.scrollHeight > element.clientHeight + 1))
      found.push(`${name(element)} cuts off “${element.textContent.trim().slice(0, 60)}”`);
  }
  const lines = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || isHidden(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let box = node.parentElement;
    while (getComputedStyle(box).display === "inline") box = box.parentElement;
    const around = box.getBoundingClientRect();
    for (const line of range.getClientRects()) {
      if (line.width < 1) continue;
      const text = node.data.trim().slice(0, 60), slack = line.height * 0.3;
      if (line.left < -1 || line.right > wide + 1) found.push(`“${text}” leaves the screen`);
      if (line.right > around.right + 1 || line.bottom > around.bottom + slack)
        found.push(`“${text}” leaves its ${name(box)}`);
      lines.push({node, text, line});
    }
  }
  lines.sort((a, b) => a.line.top - b.line.top);
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].line.top < one.line.bottom; next++) {
      const other = lines[next];
      const across = Math.min(one.line.right, other.line.right) - Math.max(one.line.left, other.line.left);
      const down = Math.min(one.line.bottom, other.line.bottom) - other.line.top;
      if (one.node !== other.node && across > 2 && down > 0.3 * Math.min(one.line.height, other.line.height))
        found.push(`“${one.text}” and “${other.text}” are printed over each other`);
    }
  });
  return [...new Set(found)];
}"""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                     p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
"""The text spacing of WCAG 1.4.12."""


def problems(page: Page) -> list[str]:
    """Return what is too wide, cut off or printed over on the open page."""
    found: list[str] = page.evaluate(PROBLEMS)
    return found


def enlarge_text(page: Page, factor: float) -> None:
    """Enlarge the text, as a reader does in the settings of the browser."""
    page.evaluate(
        """factor => {
          const root = document.documentElement;
          root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * factor}px`;
        }""",
        factor,
    )


def space_text(page: Page) -> None:
    """Widen lines, words and letters as far as WCAG 1.4.12 asks a page to bear."""
    page.evaluate(SPACED)
