// Include this one file on a page: <script src="https://ask.clinic.example/widget.js" defer></script>

(() => {
  // A tag manager may run this in a way that leaves no current script.
  const found = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  const script = /** @type {HTMLScriptElement} */ (found);
  import(new URL("static/widget/element.js", script.src).href)
    .then(({ place }) => place(script.dataset))
    .catch(() => console.warn("The clinic's assistant could not be loaded."));
})();
