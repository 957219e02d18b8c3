"""Sphinx's settings; `make site` calls it. The facts of the course come from course.toml."""

from pathlib import Path

from examiner.course.facts import read_course

course = read_course(Path(__file__).parents[1])

project = html_title = course.title
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "sphinx-mathjax-offline",
]

exclude_patterns = ["downloads"]

# The notebooks have been run when Sphinx sees them, by `examiner.site`.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
nb_code_prompt_show = "Show the code of this cell"
nb_code_prompt_hide = "Hide the code of this cell"
myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autosummary_generate = False
autodoc_typehints = "none"  # the docstrings say more: shapes and units
napoleon_google_docstring = False
default_role = "code"
highlight_language = "none"  # commands, drawings and messages; Python says that it is

html_theme = "sphinx_book_theme"
html_theme_options = {
    "repository_url": f"https://github.com/{course.repository}",
    "use_repository_button": True,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "navbar_persistent": [],
    "footer_content_items": ["extra-footer.html"],
    "extra_footer": "Text and figures: CC BY 4.0. Code: BSD 3-Clause.",
}
html_context = {"default_mode": "auto"}
html_static_path = ["_static", "../neurocourse/look.css"]
html_logo = html_favicon = "_static/logo.svg"
html_search_scorer = str(Path(__file__).parent / "_static" / "search_order.js")
html_css_files = ["look.css", "course.css"]
html_js_files = ["course.js"]
html_copy_source = False
html_use_index = html_domain_indices = False
html_show_copyright = False
html_show_sourcelink = False
# A menu would load more of MathJax, and so would speech; the formulas carry MathML for screen readers.
mathjax3_config = {"options": {"enableMenu": False}}


def keep_drawings(app, what, name, subject, options, lines):
    """Make the drawings in modules' docstrings, which are indented, blocks that keep their spaces."""
    if what == "module":
        for place in range(len(lines) - 1, 1, -1):
            starts_drawing = lines[place].startswith("    ") and not lines[place - 1]
            if starts_drawing and not lines[place - 2].startswith("    ") and lines[place - 2][-2:] != "::":
                lines[place:place] = ["::", ""]


def setup(app):
    """Connect what Sphinx calls."""
    app.connect("autodoc-process-docstring", keep_drawings)
