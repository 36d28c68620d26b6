/* A link to a place on this page copies its address too. Without this file it only leads there. */

const said = document.createElement("p")
said.className = "visually-hidden"
said.setAttribute("role", "status")
document.body.append(said)

addEventListener("click", async ({target, ctrlKey, metaKey, shiftKey}) => {
  const link = target.closest?.("a.permalink")
  if (!link || ctrlKey || metaKey || shiftKey || !navigator.clipboard) return
  await navigator.clipboard.writeText(link.href)
  const word = link.firstChild
  const before = word.data
  said.textContent = "Link copied"
  word.data = "Copied"
  setTimeout(() => { word.data = before; said.textContent = "" }, 2000)
})
