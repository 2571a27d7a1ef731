// The parts of the widget that are always there: launcher, dialog, log, composer, ways to a person.

import { el, icon } from "./dom.js";
import { texts } from "./texts.js";

const MOST_CHARACTERS = 2000;

export function buildPanel() {
  const parts = {
    launcher: el("button", { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel" }, icon("chat"), el("span", {}, texts.launcher)),
    name: el("h2", { id: "name" }),
    close: el("button", { type: "button", class: "round", "aria-label": texts.close }, icon("close")),
    intro: el("div", { class: "intro" }),
    log: el("div", { class: "log", role: "log", "aria-label": texts.log, "aria-live": "off" }),
    typing: el("div", { class: "typing", role: "status" }),
    notice: el("p", { class: "offline", role: "status", hidden: true }, texts.waiting),
    form: el("form", { class: "composer" }),
    input: el("textarea", { id: "input", rows: "1", maxlength: MOST_CHARACTERS, placeholder: texts.placeholder, enterkeyhint: "send", autocomplete: "off" }),
    ways: el("div", { class: "ways" }),
    privacy: el("a", { target: "_blank", rel: "noopener" }, texts.privacy),
  };
  parts.scroll = el("div", { class: "scroll", tabindex: "-1" }, parts.intro, parts.log, parts.typing);
  parts.form.append(
    el("label", { for: "input", class: "spoken" }, texts.inputLabel),
    parts.input,
    el("button", { class: "round send", "aria-label": texts.send }, icon("send")),
  );
  parts.panel = el(
    "section",
    { id: "panel", class: "panel", role: "dialog", "aria-labelledby": "name", hidden: true },
    el("header", {}, el("div", {}, parts.name, el("p", { class: "quiet" }, texts.subtitle)), parts.close),
    parts.scroll,
    parts.notice,
    parts.form,
    el("footer", {}, parts.ways, parts.privacy),
  );
  return parts;
}

// The button that is always there, and behind it every way to a person.
export function buildWays(clinic, askForPerson) {
  const list = el(
    "div",
    { id: "ways", class: "menu", hidden: true },
    el("a", { href: clinic.phone_link }, icon("phone"), texts.ringClinic(clinic.phone)),
    el("a", { href: `mailto:${clinic.email}` }, icon("mail"), texts.write),
    el("button", { type: "button", onclick: () => { toggle(false); askForPerson(); } }, icon("person"), texts.person),
  );
  const button = el("button", { type: "button", class: "talk", "aria-expanded": "false", "aria-controls": "ways" }, texts.talk);
  function toggle(open) {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }
  button.addEventListener("click", () => toggle(list.hidden));
  // Esc closes the menu first, and the panel only when it is pressed again.
  const leave = (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.stopPropagation();
    toggle(false);
    button.focus();
  };
  for (const node of [button, list]) node.addEventListener("keydown", leave);
  return [button, list];
}

export function buildIntro(clinic, starters) {
  return [
    el("p", {}, texts.intro(clinic.name)),
    el("p", {}, texts.limits, " ", el("a", { href: `tel:${clinic.emergency_number}` }, texts.emergency(clinic.emergency_number))),
    starters,
  ];
}
