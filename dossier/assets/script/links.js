/* Permalinks copy their address in addition to being followed; "Copy" buttons copy the text of the element that `data-copies`
   selects; `data-here` is filled with the page's address. Without scripts permalinks are ordinary links and the buttons stay hidden. */

// A site that was built without its address knows only the address within it; the browser knows the whole.
for (const address of document.querySelectorAll("[data-here]")) address.textContent = location.origin + location.pathname

const said = document.createElement("p")
said.className = "visually-hidden"
said.setAttribute("role", "status")
document.body.append(said)

const COPIED = "Copied"
const REFUSED = "Not copied"
// navigator.clipboard is undefined on insecure origins (http other than localhost).
const buttons = document.querySelectorAll("button[data-copies]")
for (const button of buttons) button.hidden = !navigator.clipboard

addEventListener("click", async ({target, ctrlKey, metaKey, shiftKey}) => {
  const asked = target.closest?.("a.permalink, button[data-copies]")
  // Only the first text node changes; the hidden words for screen readers after it stay.
  const word = asked?.firstChild
  if (!asked || ctrlKey || metaKey || shiftKey || !navigator.clipboard || [COPIED, REFUSED].includes(word.data)) return
  const source = asked.dataset.copies && document.querySelector(asked.dataset.copies)
  const before = word.data
  try {
    await navigator.clipboard.writeText(source ? source.innerText.trim() : asked.href)
    said.textContent = source ? "Text copied" : "Link copied"
    word.data = COPIED
  } catch {
    // The browser refused: select the text, so that the reader can copy it by keyboard.
    if (source) getSelection().selectAllChildren(source)
    said.textContent = word.data = REFUSED
  }
  setTimeout(() => { word.data = before; said.textContent = "" }, 2000)
})
