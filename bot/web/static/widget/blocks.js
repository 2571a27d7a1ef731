// A message's text as paragraphs, lists and links.

import { el, outsideLink } from "./dom.js";

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g;

export function textBlocks(text) {
  const nodes = [];
  for (const paragraph of text.split(/\n{2,}/)) {
    let list = null;
    let lines = [];
    const endText = () => {
      if (lines.length) nodes.push(el("p", { dir: "auto" }, ...withBreaks(lines)));
      lines = [];
    };
    for (const line of paragraph.split("\n")) {
      if (line.startsWith("- ")) {
        endText();
        if (!list) nodes.push((list = el("ul")));
        list.append(el("li", { dir: "auto" }, ...withLinks(line.slice(2))));
      } else if (line.trim()) {
        list = null;
        lines.push(line);
      }
    }
    endText();
  }
  return nodes;
}

function withBreaks(lines) {
  return lines.flatMap((line, place) => (place ? [el("br"), ...withLinks(line)] : withLinks(line)));
}

function withLinks(line) {
  const parts = [];
  let end = 0;
  for (const match of line.matchAll(ADDRESS)) {
    parts.push(line.slice(end, match.index), outsideLink(match[0], {}, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, line.slice(end)].filter((part) => part !== "");
}
