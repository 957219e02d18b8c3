// What the theme leaves without a name, or scrolls without a way in for the keyboard.
addEventListener("load", async () => {
  for (const summary of document.querySelectorAll("nav summary")) {
    summary.setAttribute("aria-label", "Show or hide the pages below");
  }
  await window.MathJax?.startup?.promise;
  for (const wide of document.querySelectorAll("div.math, mjx-container[display=true], .pst-scrollable-table-container")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
});
