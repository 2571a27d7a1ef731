// One line of the conversation as elements.

import { el, icon, outsideLink, spoken } from "./dom.js";

const REASONS = ["not_my_question", "too_little", "hard_to_read", "seems_wrong"];
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g;

/** @param {string} text @param {Clinic} clinic */
export function patientLine(text, { words }) {
  return el("div", { class: "line patient" }, spoken(`${words.you}: `), el("div", { class: "bubble" }, ...blocks(text)));
}

/** @param {Entry} entry @param {Clinic} clinic @param {Acts} act */
export function replyLine({ author, name, message, feedback }, clinic, act) {
  const { words } = clinic;
  const body = el("div", { class: "bubble" }, ...blocks(ownText(message)));
  if (message.kind === "urgent") body.append(calls(clinic));
  if (message.figure) body.append(picture(message.figure));
  if (message.citations.length) body.append(sources(message.citations, clinic));
  if (message.booking) body.append(outsideLink(message.booking.url, "booking", message.booking.label));
  const line = el("div", { class: `line reply ${author} ${message.kind}` });
  if (author === "staff") line.append(el("p", { class: "quiet" }, `${name}, ${clinic.name}`));
  else line.append(spoken(`${words.assistant}: `));
  line.append(body);
  if (message.kind === "answer") line.append(rating(message.id, feedback, words, act.rate));
  if (message.suggestions.length) line.append(nextQuestions(message.suggestions, act.say, words.next));
  return line;
}

// Helpful or not, and why not.
/** @param {string} message @param {Entry["feedback"]} given @param {Words} words @param {Rate} rate */
function rating(message, given, words, rate) {
  const box = el("div", { class: "rating", role: "group", "aria-label": words.helpful });

  /** @param {string} title @param {[string, () => void][]} choices */
  const offer = (title, choices, focus = true) => {
    const buttons = choices.map(([label, act]) => el("button", { type: "button", onclick: act }, label));
    const heading = el("span", { tabindex: -1 }, title);
    box.replaceChildren(heading, ...buttons);
    // The button that had the focus is gone.
    if (focus) heading.focus();
  };
  /** @param {boolean} helpful @param {string | null} reason */
  const note = async (helpful, reason) => (await rate(message, helpful, reason)) && offer(words.thanks, []);
  const askWhy = async () => {
    if (!(await rate(message, false, null))) return;
    offer(words.why, REASONS.map((reason) => [words[reason], () => void note(false, reason)]));
  };

  if (given) offer(words.thanks, [], false);
  else offer(words.helpful, [[words.yes, () => void note(true, null)], [words.no, () => void askWhy()]], false);
  return box;
}

/** @param {Suggestion[]} suggestions @param {Say} say @param {string} title */
export function nextQuestions(suggestions, say, title) {
  const buttons = suggestions.map(({ label, payload }) =>
    el("li", {}, el("button", { type: "button", class: "next", onclick: () => say(payload, label) }, label, icon("arrow"))),
  );
  return el("div", { class: "nexts" }, el("p", { class: "quiet" }, title), el("ul", {}, ...buttons));
}

// The last paragraph names the source for channels without links; here the card does.
/** @param {Message} message */
function ownText({ text, citations }) {
  const [last, ...others] = text.split("\n\n").reverse();
  const named = citations.length && citations.every(({ title }) => last?.includes(`“${title}”`));
  return named && others.length ? others.reverse().join("\n\n") : text;
}

/** @param {Clinic} clinic */
function calls({ phone_link, emergency_number, words }) {
  const emergency = el("a", { class: "call first", href: `tel:${emergency_number}` }, icon("phone"), words.ring);
  return el("div", { class: "calls" }, emergency, el("a", { class: "call", href: phone_link }, words.ring_clinic));
}

/** @param {{ url: string, alt: string }} figure */
function picture({ url, alt }) {
  return outsideLink(url, "figure", el("img", { src: url, alt, loading: "lazy", width: 360, height: 428 }));
}

/** @param {Message["citations"]} citations @param {Clinic} clinic */
function sources(citations, { words }) {
  const byUrl = new Map(citations.map((citation) => [citation.url, citation]));
  const links = [...byUrl.values()].map(({ url, title }) =>
    el("li", {}, outsideLink(url, "source", icon("page"), el("span", {}, title), spoken(` (${words.new_tab})`))),
  );
  return el("div", { class: "sources" }, el("p", { class: "quiet" }, words.sources), el("ul", {}, ...links));
}

// A text as paragraphs, lists and links.
/** @param {string} text */
function blocks(text) {
  /** @type {HTMLElement[]} */
  const nodes = [];
  for (const line of text.split("\n")) {
    const last = nodes.at(-1);
    if (line.startsWith("- ")) {
      const list = last?.localName === "ul" ? last : el("ul", { dir: "auto" });
      list.append(el("li", {}, ...withLinks(line.slice(2))));
      if (list !== last) nodes.push(list);
    } else if (last?.localName === "p" && line) last.append(...(last.hasChildNodes() ? [el("br")] : []), ...withLinks(line));
    else nodes.push(el("p", { dir: "auto" }, ...withLinks(line)));
  }
  return nodes.filter((node) => node.hasChildNodes());
}

/** @param {string} line */
function withLinks(line) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const { 0: address, index } of line.matchAll(ADDRESS)) {
    parts.push(line.slice(end, index), outsideLink(address, "", address));
    end = index + address.length;
  }
  return [...parts, line.slice(end)].filter((part) => part !== "");
}
