"""What a student could write to run something in the browser of who reads it, and a look for it."""

from html.parser import HTMLParser

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">here</a>',
    "[here](javascript:alert(1))",
    "[here](JaVaScript&colon;alert(1))",
    "[here](data:text/html;base64,PHNjcmlwdD4=)",
    "[here][1]\n\n[1]: javascript:alert(1)",
    "![x](x\"onerror=\"alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<B onclick=alert(1)>here</B>",
    "<!--<b>--><script>alert(1)</script>",
    "<math><mtext><style><img src=x onerror=alert(1)>",
    "```html\n<script>alert(1)</script>\n```",
]  # fmt: skip


def handlers_and_links(html):
    """Return what could run in a page: script elements, event handlers, links that are none to a page."""

    class Found(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag in {"script", "iframe", "svg", "math", "object", "embed", "style"}:
                self.found.append(tag)
            for name, value in attributes:
                place = "".join((value or "").split()).lower()
                if name.startswith("on") or place.startswith(("javascript", "data:text", "vbscript")):
                    self.found.append(f"{name}={value}")

    parser = Found()
    parser.found = []
    parser.feed(html)
    return parser.found
