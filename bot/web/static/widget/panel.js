// The parts of the chat that are always there: heading, log, composer, ways to a person.

import { el, icon } from "./dom.js";
import { nextQuestions } from "./message.js";

const MOST_CHARACTERS = 2000;

/** @param {Clinic} clinic */
export function buildPanel(clinic) {
  const { words } = clinic;
  const parts = {
    name: el("h2", { id: "name", tabindex: "-1" }, clinic.name),
    subtitle: el("p", { class: "quiet" }, words.subtitle),
    close: el("button", { type: "button", class: "round", "aria-label": words.close }, icon("close")),
    intro: el("div", { class: "intro" }),
    earlier: el("button", { type: "button", class: "earlier", hidden: "" }, words.earlier),
    lines: el("div", { class: "lines" }),
    log: el("div", { role: "log", "aria-label": words.log }),
    typing: el("div", { class: "typing", "aria-hidden": "true", hidden: "" }, el("i"), el("i"), el("i")),
    notice: el("p", { class: "offline", hidden: "" }, words.offline),
    form: el("form", { class: "composer" }),
    input: el("textarea", { "aria-label": words.question, rows: 1, maxlength: MOST_CHARACTERS, placeholder: words.placeholder, enterkeyhint: "send", autocomplete: "off" }),
    status: el("span", { class: "quiet" }),
    scroll: el("div", { class: "scroll", tabindex: "-1" }),
    foot: el("div", { class: "foot" }),
    head: el("div", { class: "head" }),
    printed: el("pre"),
  };
  parts.log.append(parts.lines);
  parts.scroll.append(parts.intro, parts.earlier, parts.log, parts.typing);
  parts.form.append(parts.input, el("button", { class: "round send", "aria-label": words.send }, icon("send")));
  parts.head.append(el("div", {}, parts.name, parts.subtitle), parts.close);
  const { head, scroll, notice, form, foot, printed } = parts;
  const panel = el("dialog", { class: "panel", "aria-labelledby": "name" }, head, scroll, notice, form, foot, printed);
  return { ...parts, panel };
}

/** What is said before the first message. @param {Clinic} clinic @param {string} greeting @param {Say} say */
export function buildIntro({ words, emergency_number, starters }, greeting, say) {
  return [
    ...(greeting ? [el("p", { class: "greeting" }, greeting)] : []),
    el("p", {}, words.intro),
    el("p", {}, words.limits, " ", el("a", { href: `tel:${emergency_number}` }, words.emergency)),
    el("p", {}, words.kept),
    nextQuestions(starters, say, words.starters),
  ];
}

/** Every way to a person. @param {Clinic} clinic @param {Node} status @param {() => void} askForPerson */
export function buildWays({ words, phone_link, email }, status, askForPerson) {
  return menu(el("summary", { class: "talk" }, el("b", {}, words.talk), " ", status), [
    el("a", { href: phone_link }, words.ring_clinic),
    el("a", { href: `mailto:${email}` }, words.write),
    el("button", { type: "button", onclick: askForPerson }, words.person),
  ]);
}

/**
 * What one may do with the conversation.
 * @param {Words} words
 * @param {Record<string, () => void>} usual by the names of their words
 * @param {() => void} remove
 */
export function buildOptions(words, usual, remove) {
  /** @param {string} name @param {() => void} run */
  const button = (name, run) => el("button", { type: "button", onclick: run }, words[name]);
  const no = button("delete_no", () => {
    box.open = false;
    more.focus();
  });
  const sure = el("div", { class: "sure", hidden: "" }, el("p", {}, words.delete_sure), no, button("delete_yes", remove));
  const ask = button("delete", () => {
    sure.hidden = false;
    no.focus();
  });
  const more = el("summary", { class: "round", "aria-label": words.options }, icon("more"));
  const box = menu(more, [...Object.entries(usual).map(([name, run]) => button(name, run)), ask, sure]);
  box.addEventListener("toggle", () => (sure.hidden = true));
  return box;
}

// A list behind a button; it closes when something in it is chosen, and by Esc before the panel does.
/** @param {HTMLElement} button @param {HTMLElement[]} choices */
function menu(button, choices) {
  const box = el("details", {}, button, el("div", { class: "menu" }, ...choices));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.preventDefault();
    event.stopPropagation();
    box.open = false;
    button.focus();
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(/** @type {Node} */ (relatedTarget))) box.open = false;
  });
  return box;
}
