/* The notes of an article: places each beside the line of its words, highlights note and words together, and filters notes by
   the reader's choice. Without scripts all notes are shown, below their paragraph or stacked beside it. */

const notes = [...document.querySelectorAll("[data-note]")]

if (notes.length) {
  // Elements that belong together, by note id: the note (several copies are possible) and the links to it.
  const links = [...document.querySelectorAll("a.ref")].map(link => ({link, id: link.hash.slice(1)}))
  const parts = new Map(notes.map(note => [note.dataset.note, []]))
  for (const note of notes) parts.get(note.dataset.note).push(note)
  for (const {link, id} of links) parts.get(id)?.push(link)
  const mark = (id, name, on) => { for (const part of parts.get(id) ?? []) part.classList.toggle(name, on) }

  // Placement: a note is at the height of its words, or below the previous note of its column, whichever is lower. article.css
  // defines the number of columns, and applies the positions only where notes are beside the text.
  const passages = [...document.querySelectorAll(".passage:has(.notes)")].map(({children: [text, box]}) => {
    const beside = [...box.children].map(note => [note, parts.get(note.dataset.note).find(part => text.contains(part))])
    return {text, box, beside}
  })

  const lineOf = (link, text) => {
    if (!link) return 0
    const [first] = link.getClientRects()
    // The rectangle of an inline element has no leading; half of it is above the text.
    const leading = parseFloat(getComputedStyle(link).lineHeight) - first.height
    return Math.max(0, first.top - text.getBoundingClientRect().top - leading / 2)
  }

  /* Positions of the notes of a passage in px, each in the column that is free first. Reads the layout, writes nothing. */
  const placed = ({text, box, beside}) => {
    const {gridTemplateColumns, rowGap} = getComputedStyle(box)
    const ends = gridTemplateColumns.split(" ").map(() => 0)
    const places = beside.filter(([note]) => note.offsetHeight).map(([note, link]) => {
      const column = ends.indexOf(Math.min(...ends))
      const top = Math.max(ends[column], lineOf(link, text))
      ends[column] = top + note.offsetHeight + parseFloat(rowGap)
      return {note, column: column + 1, top}
    })
    return {box, places, height: Math.max(...ends)}
  }

  // Read all positions before writing any: alternating would force a layout for each passage.
  const place = () => {
    for (const {box, places, height} of passages.map(placed)) {
      for (const {note, column, top} of places) {
        note.style.setProperty("--column", column)
        note.style.setProperty("--top", `${top}px`)
      }
      box.style.setProperty("--height", `${height}px`)
      box.classList.add("placed")
    }
  }
  // Fonts that load late, zoom, and opened <details> change sizes without a resize event of the window.
  const sizes = new ResizeObserver(place)
  for (const {text, beside} of passages) for (const part of [text, ...beside.map(([note]) => note)]) sizes.observe(part)
  place()

  // Highlights: `paired` for the note or words under pointer or focus, `reading` for notes near the reader's line.
  let pointed
  const point = ({target, type}) => {
    const ours = type === "focusout" ? null : target.closest?.("[data-note], a.ref")
    mark(pointed, "paired", false)
    pointed = ours?.dataset.note ?? ours?.hash.slice(1)
    mark(pointed, "paired", true)
  }
  for (const type of ["pointerover", "focusout", "focusin"]) document.addEventListener(type, point)

  // The margins reduce the viewport to a line at 30 % of its height.
  const line = new IntersectionObserver(
    entries => { for (const {target, isIntersecting} of entries) mark(target.dataset.note, "reading", isIntersecting) },
    {rootMargin: "-30% 0px -70% 0px"},
  )
  for (const note of notes) line.observe(note)

  // Filter: all, problems or no notes. The choice is stored for this site; a link to a hidden note resets it to all.
  const choices = document.querySelector("[data-note-switch]")
  const key = `${new URL("..", import.meta.url).pathname}notes`
  // Access to localStorage throws if the reader blocks storage.
  const kept = work => { try { return work(localStorage) } catch { return null } }
  // The same tones as PROBLEM_TONES in pages/article/page.py.
  const fits = (note, choice) => choice === "all" || (choice === "problems" && note.matches(".tone-caution, .tone-fails"))
  // Only one copy of each note has an id; the others are not counted.
  const ours = notes.filter(note => note.id)
  const told = choices?.querySelector("[role=status]")
  const chosen = () => document.documentElement.dataset.notes ?? "all"

  // Relink "Previous" and "Next", so that they skip hidden notes.
  const chain = shown => shown.forEach((note, index) => {
    for (const [way, other] of [["before", shown[index - 1]], ["after", shown[index + 1]]]) {
      const link = note.querySelector(`[data-way=${way}]`)
      if (!link) continue
      link.hidden = !other
      link.hash = other?.id ?? ""
      link.lastChild.textContent = other ? ` note, on “${other.querySelector("q").textContent}”` : ""
    }
  })

  const show = choice => {
    document.documentElement.dataset.notes = choice
    choices.querySelector(`[value=${choice}]`).checked = true
    for (const {link, id} of links) {
      if (parts.get(id)?.some(part => part.dataset.note && fits(part, choice))) {
        link.setAttribute("href", `#${id}`)
        link.setAttribute("role", "doc-noteref")
      } else {
        // A link to a hidden note becomes plain text, which the keyboard skips.
        link.removeAttribute("href")
        link.removeAttribute("role")
      }
    }
    chain(ours.filter(note => fits(note, choice)))
    place()
  }
  const choose = choice => {
    show(choice)
    kept(storage => storage.setItem(key, choice))
    told.textContent = `${ours.filter(note => fits(note, choice)).length} of ${ours.length} notes shown.`
  }
  const asked = hash => {
    const place = document.getElementById(hash.slice(1))
    const hidden = place?.dataset.note && !fits(place, chosen())
    if (hidden) choose("all")
    return hidden ? place : null
  }

  if (choices) {
    const before = kept(storage => storage.getItem(key))
    if (["problems", "none"].includes(before)) show(before)
    choices.hidden = false
    choices.addEventListener("change", ({target}) => choose(target.value))
    document.addEventListener("click", ({target}) => asked(target.closest?.("a[href^='#']")?.hash ?? ""))
    addEventListener("hashchange", () => asked(location.hash)?.scrollIntoView({behavior: "instant"}))
    asked(location.hash)
  }

  // The browser scrolled to the fragment before the notes were placed: scroll again. Not on reload or back, where the browser
  // restores the reader's position.
  const [arrival] = performance.getEntriesByType("navigation")
  if (arrival?.type === "navigate") document.getElementById(location.hash.slice(1))?.scrollIntoView({behavior: "instant"})
}
