// Builds elements from names, properties and children; text is always text, never markup.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} properties attributes, and listeners under "on..."
 * @param {(Node | string)[]} children
 */
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** @type {Record<string, string>} */
const drawings = {
  chat: "M4 5.5h16v11H10.5L6 20v-3.5H4z",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M12 19V5M6 11l6-6 6 6",
  phone: "M6 4h3.5l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5V18a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z",
  page: "M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 15.5h5",
  arrow: "M5 12h14M13 6l6 6-6 6",
};

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", drawings[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}

/** @param {string} words for those who listen only */
export function spoken(words) {
  return el("span", { class: "spoken" }, words);
}

/** A link that leaves the chat open behind it. @param {string} href @param {string} style @param {(Node | string)[]} children */
export function outsideLink(href, style, ...children) {
  return el("a", { href: safeUrl(href), target: "_blank", rel: "noopener", class: style }, ...children);
}

// Only addresses that lead somewhere, never script.
/** @param {string} href */
function safeUrl(href) {
  return /^https?:/i.test(href) ? href : "#";
}

