// Brings the quoted passage into view and shows in the contents where the reader is.

const quoted = document.querySelector("mark");
// After the browser's own jump to the heading in the address.
window.addEventListener("load", () => quoted?.scrollIntoView({ block: "center", behavior: "instant" }));

/** @type {HTMLDetailsElement | null} */
const contents = document.querySelector(".contents details");
if (contents && window.matchMedia("(max-width: 60rem)").matches) contents.open = false;

/** @type {NodeListOf<HTMLAnchorElement>} */
const anchors = document.querySelectorAll(".contents a");
const links = new Map([...anchors].map((link) => [link.hash.slice(1), link]));
const watcher = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(target.id)?.setAttribute("aria-current", "true");
    }
  },
  { rootMargin: "-10% 0px -70% 0px" },
);
for (const heading of document.querySelectorAll(".article section > h2")) watcher.observe(heading);
