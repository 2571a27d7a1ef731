"""What search engines are told: which pages there are, and what isn't for them."""

from aiohttp import web

from bot.web.site import SITE

PAGES = ("/", "/faq", "/ask", "/learn")
# Conversations and counted links, which are of no use to anyone else.
PRIVATE = ("/api/", "/ws", "/book/")


async def show_sitemap(request: web.Request) -> web.Response:
    """List the pages that are worth finding; an article with the date of its last review."""
    site = request.app[SITE]
    reviewed = {
        f"/learn/{document.slug}": document.reviewed
        for document in site.knowledge.documents.values()
    }
    xml = site.templates.get_template("sitemap.xml").render(
        public_url=site.settings.public_url, pages=dict.fromkeys(PAGES) | reviewed
    )
    return web.Response(text=xml, content_type="application/xml")


async def show_robots(request: web.Request) -> web.Response:
    """Name the sitemap, and keep crawlers out of conversations."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    lines += [f"Sitemap: {request.app[SITE].settings.public_url}/sitemap.xml", ""]
    return web.Response(text="\n".join(lines))
