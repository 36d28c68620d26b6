/* What is new since the reader's last visit, on lists and the front page. The browser keeps three days on the reader's own device: that of
   the visit, the newest that the site had then, and the one that it had at the visit before, with which the page is compared. All
   visits of a day are one, so that what is new stays marked from page to page. The first visit says nothing. */

const line = document.querySelector(".since-visit")
const KEY = `${new URL("..", import.meta.url).pathname}visit`

/* Access to localStorage throws if the reader blocks storage: then every visit is the first. */
const kept = work => { try { return work(localStorage) } catch { return null } }
const isDay = day => /^\d{4}-\d\d-\d\d$/.test(day)

/* The day as the reader's own calendar has it. */
const today = () => {
  const now = new Date()
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)
}

const visits = () => {
  const found = kept(storage => JSON.parse(storage.getItem(KEY)))
  return found && isDay(found.day) && isDay(found.seen) ? found : null
}

/* Note this visit; the newest day that the site had at the one before, or nothing at the first. */
const note = newest => {
  const last = visits()
  const since = !last ? "" : last.day === today() ? last.since : last.seen
  const seen = last && last.seen > newest ? last.seen : newest
  kept(storage => storage.setItem(KEY, JSON.stringify({day: today(), seen, since})))
  return isDay(since) ? since : null
}

const wordFor = (since, published, changed) => published > since ? "new" : changed > since ? "changed" : ""

const countOf = ({days}, since, word) => Object.entries(days)
  .filter(([pair]) => wordFor(since, ...pair.split("/")) === word)
  .reduce((sum, [, count]) => sum + count, 0)

/* "2 new and 3 changed claims"; where they are on another page, a link to them, "5 claims", since several kinds share a line. */
const partsOf = (kind, since) => {
  const counts = ["new", "changed"].map(word => [word, countOf(kind, since, word)]).filter(([, count]) => count)
  if (!counts.length) return []
  const part = document.createElement(kind.url ? "a" : "span")
  if (kind.url) part.setAttribute("href", kind.url)
  const shown = kind.url ? [["", counts.reduce((sum, [, count]) => sum + count, 0)]] : counts
  const words = shown.map(([word, count]) => `${count.toLocaleString("en")} ${word}`.trim()).join(" and ")
  part.textContent = `${words} ${shown.at(-1)[1] === 1 ? kind.noun : kind.plural}`
  return [part]
}

if (line) {
  const [told, said] = line.children
  const forget = line.querySelector("button")
  const since = note(line.dataset.newest)
  const marks = []

  if (since) {
    const kinds = JSON.parse(line.dataset.counts)
    const parts = kinds.flatMap(kind => partsOf(kind, since))
    const head = kinds.some(kind => kind.url) ? "New or changed since your last visit: " : "Since your last visit: "
    said.append(parts.length ? head : "Nothing new since your last visit.")
    parts.forEach((part, place) => said.append(place ? ", " : "", part))
    told.hidden = true
    forget.hidden = false
    for (const item of document.querySelectorAll("[data-published], [data-changed]")) {
      const word = wordFor(since, item.dataset.published ?? "", item.dataset.changed ?? "")
      if (!word) continue
      const mark = Object.assign(document.createElement("span"), {className: "since-mark", textContent: word === "new" ? "New" : "Changed"})
      const place = item.querySelector(".claim-verdict, .when, .how") ?? item
      place.append(" ", mark)
      marks.push(mark)
    }
  }
  forget.addEventListener("click", () => {
    kept(storage => storage.removeItem(KEY))
    for (const mark of marks) mark.remove()
    said.textContent = "Forgotten: your next visit counts as your first."
    forget.hidden = true
    line.tabIndex = -1
    line.focus()
  })
}
