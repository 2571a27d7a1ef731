// The chat: opens and closes, sends what is written, says how things stand.

import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { wasOpen } from "./memory.js";
import { buildIntro, buildOptions, buildPanel, buildWays } from "./panel.js";
import { Transcript } from "./transcript.js";

const SMALL = "(max-width: 480px), (max-height: 480px)";
const SHORT_GAP = 1500;
const ONE_MINUTE = 60_000;
const ONE_DAY = 86_400_000;

export class Chat {
  /** @param {{ base: URL, clinic: Clinic, frame: HTMLElement, launcher: HTMLElement, greeting: string }} given */
  constructor({ base, clinic, frame, launcher, greeting }) {
    this.clinic = clinic;
    this.launcher = launcher;
    this.small = matchMedia(SMALL);
    /** @type {string | null} */
    this.by = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.alarm = undefined;
    this.parts = buildPanel(clinic);
    const { words } = clinic;
    const { close, foot, intro, status, panel } = this.parts;
    /** @type {Say} */
    const say = (payload, label) => this.say(payload, label);
    /** @type {Rate} */
    const rate = (...given) => this.attempt(() => this.conversation.requests.rate(...given));
    this.transcript = new Transcript(this.parts, clinic, { say, rate });
    this.conversation = new Conversation(base, this.transcript, this);
    intro.append(...buildIntro(clinic, greeting, say));
    close.before(buildOptions(words, this.options(), () => this.attempt(() => this.conversation.remove())));
    const privacy = el("a", { href: clinic.privacy_url, target: "_blank", rel: "noopener" }, words.privacy);
    foot.append(buildWays(clinic, status, () => say("person", words.person)), privacy);
    frame.append(panel);
    this.listen();
    this.conversation.open();
  }

  listen() {
    const { close, form, input, panel, earlier } = this.parts;
    close.addEventListener("click", () => this.close());
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      this.close();
    });
    // What is written here is no shortcut of the page.
    for (const type of ["keydown", "keypress", "keyup"]) panel.addEventListener(type, (event) => event.stopPropagation());
    this.small.onchange = () => panel.open && this.show();
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = input.value.trim();
      input.value = "";
      input.focus();
      if (text) this.say(text);
    });
    earlier.addEventListener("click", () => this.attempt(() => this.conversation.showEarlier()));
  }

  /** @param {boolean} focus */
  open(focus) {
    const { panel, input, name } = this.parts;
    if (panel.open) return;
    this.toggle(true);
    this.show();
    // On a touch screen the keyboard would cover what is said at first.
    if (focus) (matchMedia("(pointer: coarse)").matches ? name : input).focus();
    if (this.conversation.requests.token) wasOpen(true);
  }

  // On a small screen the chat covers the page, which then must not be reached by Tab.
  show() {
    const { panel } = this.parts;
    panel.close();
    if (this.small.matches) panel.showModal();
    // Unlike show() this leaves the focus where it is.
    else panel.setAttribute("open", "");
  }

  close() {
    this.parts.panel.close();
    this.toggle(false);
    this.launcher.focus();
    wasOpen(false);
  }

  /** @param {boolean} isOpen */
  toggle(isOpen) {
    this.launcher.hidden = isOpen;
    this.launcher.setAttribute("aria-expanded", `${isOpen}`);
  }

  stop() {
    this.conversation.close();
    clearTimeout(this.change);
    clearTimeout(this.alarm);
    this.small.onchange = null;
    this.parts.panel.remove();
    this.toggle(false);
  }

  /** @param {string} text @param {string} [shown] */
  say(text, shown) {
    this.closeMenus();
    this.conversation.send(text, shown);
    wasOpen(true);
  }

  options() {
    const { words, language, name, whatsapp } = this.clinic;
    const text = () => this.conversation.requests.text(language);
    return {
      copy: () => this.attempt(async () => navigator.clipboard.writeText(await text()), words.copied),
      print: () => this.attempt(async () => this.print(await text())),
      download: () => this.attempt(async () => save(await text(), `${name}.txt`)),
      ...(whatsapp && { whatsapp: () => this.attempt(async () => this.goOn()) }),
    };
  }

  // In a tab of its own. The token goes along in a form, because addresses end up in logs.
  goOn() {
    const token = el("input", { name: "conversation", value: this.conversation.requests.token ?? "" });
    const form = el("form", { method: "post", action: this.clinic.whatsapp, target: "_blank" }, token);
    this.parts.panel.append(form);
    form.submit();
    form.remove();
  }

  /** Tells whether it worked. @param {() => Promise<void>} work @param {string} [done] what to say then */
  async attempt(work, done) {
    this.closeMenus();
    try {
      await work();
      if (done) this.transcript.note(done);
      return true;
    } catch {
      this.transcript.note(this.clinic.words.failed);
      return false;
    }
  }

  closeMenus() {
    this.parts.panel.querySelectorAll("details").forEach((menu) => {
      const button = menu.open && menu.contains(/** @type {ShadowRoot} */ (menu.getRootNode()).activeElement);
      menu.open = false;
      if (button) menu.querySelector("summary")?.focus();
    });
  }

  // The conversation alone, without the page around it.
  /** @param {string} text */
  print(text) {
    const only = new CSSStyleSheet();
    only.replaceSync("@media print { body > :not(candor-widget) { display: none } }");
    /** @param {CSSStyleSheet[]} sheets @param {string} printed */
    const put = (sheets, printed) => {
      document.adoptedStyleSheets = sheets;
      this.parts.printed.textContent = printed;
    };
    const others = document.adoptedStyleSheets;
    put([...others, only], text);
    addEventListener("afterprint", () => put(others, ""), { once: true });
    print();
  }

  /** @param {Page} page */
  state({ holder, by, desk }) {
    const { words, locale, time_zone } = this.clinic;
    const { subtitle, status } = this.parts;
    subtitle.textContent = holder === "waiting" ? words.waiting : words.subtitle;
    if (by) {
      subtitle.textContent = words.with_person.replace("{name}", by);
      if (this.by !== by) this.transcript.note(subtitle.textContent);
    }
    this.by = by;

    status.classList.toggle("open", desk.open);
    status.textContent = "";
    clearTimeout(this.change);
    if (!desk.until) return;
    const until = new Date(desk.until);
    const time = until.toLocaleString(locale, {
      ...(desk.open ? {} : { weekday: "long" }),
      hour: "numeric",
      minute: "2-digit",
      timeZone: time_zone,
    });
    status.textContent = (desk.open ? words.desk_open : words.desk_closed).replace("{time}", time);
    const left = until.getTime() - Date.now() + 1000;
    // The visitor's clock may be wrong.
    this.change = setTimeout(() => this.conversation.hello(), Math.max(ONE_MINUTE, Math.min(left, ONE_DAY)));
  }

  /** @param {boolean} isConnected */
  connected(isConnected) {
    const { notice } = this.parts;
    if (!isConnected) this.alarm ??= setTimeout(() => (notice.hidden = false), SHORT_GAP);
    else {
      clearTimeout(this.alarm);
      this.alarm = undefined;
      notice.hidden = true;
    }
  }
}

/** @param {string} text @param {string} name of the file */
function save(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  el("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
