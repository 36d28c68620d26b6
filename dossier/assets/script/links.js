/* A link to a place on this page copies its address too, and a button the words that it stands beside. Without this file a
   link only leads there, and there is no button. */

const said = document.createElement("p")
said.className = "visually-hidden"
said.setAttribute("role", "status")
document.body.append(said)

const COPIED = "Copied"
const REFUSED = "Not copied"
const buttons = document.querySelectorAll("button[data-copies]")
for (const button of buttons) button.hidden = !navigator.clipboard

addEventListener("click", async ({target, ctrlKey, metaKey, shiftKey}) => {
  const asked = target.closest?.("a.permalink, button[data-copies]")
  const word = asked?.firstChild
  if (!asked || ctrlKey || metaKey || shiftKey || !navigator.clipboard || [COPIED, REFUSED].includes(word.data)) return
  const source = asked.dataset.copies && document.querySelector(asked.dataset.copies)
  const before = word.data
  try {
    await navigator.clipboard.writeText(source ? source.innerText.trim() : asked.href)
    said.textContent = source ? "Text copied" : "Link copied"
    word.data = COPIED
  } catch {
    // The words are selected instead, so that the keyboard can copy them.
    if (source) getSelection().selectAllChildren(source)
    said.textContent = word.data = REFUSED
  }
  setTimeout(() => { word.data = before; said.textContent = "" }, 2000)
})
