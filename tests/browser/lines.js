// Returns { clipped, steps }: the texts that are cut off, and the width of a character in each fixed-width line.
() => {
  const blocks = [...document.querySelectorAll(".ac-textBlock")];
  const fixed = blocks.filter((block) => getComputedStyle(block).fontFamily.includes("Courier"));
  const cutOff = (block) => [block, ...block.children].some((part) => part.scrollWidth > part.clientWidth);
  const step = (block) => {
    const text = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.selectNodeContents(text);
    return range.getBoundingClientRect().width / text.length;
  };
  return {
    clipped: blocks.filter(cutOff).map((block) => block.textContent.trim()),
    steps: fixed.map(step),
  };
}
