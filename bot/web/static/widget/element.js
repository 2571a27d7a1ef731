// The custom element: a button, and nothing else until a visitor presses it.

import { el, icon } from "./dom.js";
import { wasOpen } from "./memory.js";

const TAG = "candor-widget";
const OPTIONS = ["accent", "corner", "greeting", "lang", "scheme"];
const TRY_AGAIN = 20_000;
const base = new URL("../../", import.meta.url);

/** Puts the widget on the page, once. @param {DOMStringMap} options */
export function place(options) {
  if (document.querySelector(TAG)) return;
  const widget = document.createElement(TAG);
  for (const name of OPTIONS) if (options[name]) widget.setAttribute(name, options[name]);
  if (document.body) document.body.append(widget);
  else addEventListener("DOMContentLoaded", () => document.body.append(widget));
}

class CandorWidget extends HTMLElement {
  root = this.attachShadow({ mode: "open" });
  /** @type {Promise<import("./chat.js").Chat> | undefined} */
  chat;
  /** @type {Clinic | undefined} */
  clinic;
  /** @type {Promise<void> | undefined} */
  prepared;

  connectedCallback() {
    this.left = new AbortController();
    document.addEventListener("click", (event) => this.asked(event), { signal: this.left.signal });
    this.appear();
  }

  async appear() {
    try {
      await (this.prepared ??= this.prepare());
      if (this.isConnected && wasOpen()) this.open(false);
    } catch {
      this.prepared = undefined;
      this.timer = setTimeout(() => this.appear(), TRY_AGAIN);
    }
  }

  disconnectedCallback() {
    this.left?.abort();
    clearTimeout(this.timer);
    this.chat?.then((chat) => chat.stop(), () => {});
    this.chat = undefined;
  }

  /** @param {string} path */
  option(path) {
    return this.getAttribute(path) ?? "";
  }

  async prepare() {
    const words = new URL("widget/words.json", base);
    const wish = this.option("lang") || document.documentElement.lang || navigator.language;
    words.searchParams.set("lang", wish);
    const styles = new URL("widget/styles.css", base);
    for (const name of ["accent", "scheme"]) if (this.option(name)) styles.searchParams.set(name, this.option(name));
    const [told, css] = await Promise.all([words, styles].map((url) => fetch(url, { credentials: "omit" })));
    if (!told?.ok || !css?.ok) throw new Error("not served");
    const clinic = await told.json();
    this.root.adoptedStyleSheets = [await new CSSStyleSheet().replace(await css.text())];
    // Times are written as in the reader's country, where that speaks the language of the words.
    this.clinic = { ...clinic, locale: wish.startsWith(clinic.language) ? wish : clinic.language };
    this.launcher = el(
      "button",
      { type: "button", class: "launcher", "aria-expanded": "false", onclick: () => this.open() },
      icon("chat"),
      el("span", {}, clinic.words.launcher),
    );
    this.frame = el("div", { class: "frame", dir: clinic.words.dir, lang: clinic.language }, this.launcher);
    this.root.append(this.frame);
  }

  // Any link of the page can open the chat: data-candor-open, or data-candor-ask="a question".
  /** @param {MouseEvent} event */
  async asked(event) {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLElement | null} */ (target.closest?.("[data-candor-open], [data-candor-ask]"));
    if (!link || !this.launcher || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const chat = await this.open();
    if (link.dataset.candorAsk) chat?.say(link.dataset.candorAsk);
  }

  /** Opens the chat, and gives it unless it can't be loaded. */
  async open(focus = true) {
    this.chat ??= this.load();
    try {
      const chat = await this.chat;
      chat.open(focus);
      this.label("launcher");
      return chat;
    } catch {
      this.chat = undefined;
      this.label("unreachable");
    }
  }

  /** @param {string} name of the words on the button */
  label(name) {
    this.launcher?.lastElementChild?.replaceChildren(this.clinic?.words[name] ?? "");
  }

  async load() {
    const { Chat } = await import("./chat.js");
    const { clinic, frame, launcher } = this;
    if (!clinic || !frame || !launcher) throw new Error("not ready");
    return new Chat({ base, clinic, frame, launcher, greeting: this.option("greeting") });
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, CandorWidget);
