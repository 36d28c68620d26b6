/* The menu of narrow screens is a popover, which needs no script to open and close. This tells assistive technology which of the two
   it is, and closes it when the focus goes on to the page behind it. */

const menu = document.getElementById("site-menu")
const opener = document.querySelector("[popovertarget=site-menu]")

menu?.addEventListener("toggle", ({newState}) => opener.setAttribute("aria-expanded", newState === "open"))
menu?.addEventListener("focusout", ({relatedTarget}) => {
  if (relatedTarget && relatedTarget !== opener && !menu.contains(relatedTarget)) menu.hidePopover()
})
