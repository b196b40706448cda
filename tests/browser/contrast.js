// Returns how many pieces of visible text were looked at, and those below the contrast of WCAG 2.2 level AA (4.5).
() => {
  const linear = (part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([red, green, blue]) =>
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const [red, green, blue, alpha = 1] = numbers(getComputedStyle(e).backgroundColor);
      if (alpha > 0) return [red, green, blue];
    }
    return [255, 255, 255];
  };
  const over = ([red, green, blue, alpha = 1], ground) =>
    [red, green, blue].map((part, n) => part * alpha + ground[n] * (1 - alpha));
  const seen = (node) =>
    node.textContent.trim() && node.parentElement.checkVisibility() && !node.parentElement.closest(".unseen");

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  let read = 0;
  while (walker.nextNode()) {
    if (!seen(walker.currentNode)) continue;
    const element = walker.currentNode.parentElement;
    const colour = behind(element);
    const text = luminance(over(numbers(getComputedStyle(element).color), colour));
    const ground = luminance(colour);
    const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    read += 1;
    if (ratio < 4.5) faint.push(`${walker.currentNode.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return { read, faint };
}
