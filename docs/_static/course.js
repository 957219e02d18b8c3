// What the theme leaves without a name, or scrolls without a way in for the keyboard.
const WIDE = "div.math, mjx-container[display=true], .pst-scrollable-table-container, pre";

function openToTheKeyboard() {
  for (const wide of document.querySelectorAll(WIDE)) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
}

// What somebody types may go on in the next line; a drawing may not.
const COMMAND = /^(\$ )?(make|python|pip|nbgrader|git|gh|sudo|export|conda) /;
const DRAWN = /[─│├└┬▶◀]/;

function markCommands() {
  for (const block of document.querySelectorAll("article pre")) {
    const text = block.textContent;
    const isCommand = !DRAWN.test(text) && text.split("\n").some((line) => COMMAND.test(line));
    block.classList.toggle("command", isCommand);
  }
}

addEventListener("load", async () => {
  markCommands();
  for (const summary of document.querySelectorAll("nav summary")) {
    summary.setAttribute("aria-label", "Show or hide the pages below");
  }
  const sidebar = document.querySelector(".bd-sidebar-primary"); // a landmark, so that the logo stands in one
  sidebar?.setAttribute("role", "region");
  sidebar?.setAttribute("aria-label", "Pages of this site");
  await window.MathJax?.startup?.promise;
  openToTheKeyboard();
});
// The theme looks again, too, when the window changes; this comes after it.
addEventListener("resize", () => setTimeout(openToTheKeyboard, 500));
