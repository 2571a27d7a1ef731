// Include this one file on a page: <script type="module" src="https://ask.clinic.example/widget.js"></script>

import "./static/widget/element.js";

const tag = "candor-widget";
if (!document.querySelector(tag)) document.body.append(document.createElement(tag));
