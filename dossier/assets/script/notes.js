/* The notes of an article: places each beside the line of its words, opens it in place when its words are pointed at, focused or
   followed, leads from one to the next by keys, and filters notes by the reader's choice. Without scripts a note is <details>
   below its paragraph or beside it. */

const notes = [...document.querySelectorAll("[data-note]")]

if (notes.length) {
  const detailsOf = note => note.querySelector("details")
  const headOf = note => note.querySelector("summary")
  const isShown = note => note.offsetHeight > 0
  // Elements that belong together, by note id: the note (several copies are possible) and the links to it.
  const links = [...document.querySelectorAll("a.ref")].map(link => ({link, id: link.hash.slice(1)}))
  const parts = new Map(notes.map(note => [note.dataset.note, []]))
  for (const note of notes) parts.get(note.dataset.note).push(note)
  for (const {link, id} of links) parts.get(id)?.push(link)
  const mark = (id, name, on) => { for (const part of parts.get(id) ?? []) part.classList.toggle(name, on) }
  // Only one copy of each note has an id; the others are not counted.
  const ours = notes.filter(note => note.id)

  // Placement: a note is at the height of its words, or below the note before it, whichever is lower, across paragraphs, so that
  // the text runs on. notes.css applies the positions only where notes are beside the text. When open notes fill more than a
  // screen, paragraphs make room for theirs instead (`data-roomy`), so that none stands far from its words.
  const sections = [...new Set([...document.querySelectorAll(".passage")].map(passage => passage.parentElement))].map(section => ({
    section,
    passages: [...section.querySelectorAll(":scope > .passage:has(.notes)")].map(({children: [text, box]}) => ({
      text,
      box,
      beside: [...box.children].map(note => [note, parts.get(note.dataset.note).find(part => text.contains(part))]),
    })),
  }))

  const lineOf = (link, text) => {
    const top = text.getBoundingClientRect().top
    if (!link) return top
    const [first] = link.getClientRects()
    // The rectangle of an inline element has no leading; half of it is above the text.
    const leading = parseFloat(getComputedStyle(link).lineHeight) - first.height
    return Math.max(top, first.top - leading / 2)
  }
  // A note that is only looked at takes the room of its closed line.
  const roomOf = note => (note.classList.contains("peek") ? headOf(note) : note).offsetHeight

  /* Positions of the notes of a section in px. Reads the layout, writes nothing. */
  const placed = ({section, passages}) => {
    let end = -Infinity
    const boxes = passages.map(({text, box, beside}) => {
      const {top} = box.getBoundingClientRect()
      const places = beside.filter(([note]) => isShown(note)).map(([note, link]) => {
        const place = Math.max(end, lineOf(link, text))
        end = place + roomOf(note) + 2
        return {note, top: place - top}
      })
      return {box, places}
    })
    const last = section.querySelector(":scope > .passage:last-of-type")
    const opened = passages.flatMap(({beside}) => beside).reduce((sum, [note]) => sum + roomOf(note) - headOf(note).offsetHeight, 0)
    return {section, boxes, room: Math.max(0, end - last.getBoundingClientRect().bottom), isRoomy: opened > innerHeight}
  }

  // Read all positions before writing any: alternating would force a layout for each paragraph.
  const place = () => {
    for (const {section, boxes, room, isRoomy} of sections.map(placed)) {
      section.toggleAttribute("data-roomy", isRoomy)
      section.style.setProperty("--room", `${room}px`)
      for (const {box, places} of boxes) {
        for (const {note, top} of places) note.style.setProperty("--top", `${top}px`)
        box.classList.add("placed")
      }
    }
  }
  // Fonts that load late, zoom, and opened notes change sizes without a resize event of the window.
  const sizes = new ResizeObserver(place)
  for (const {passages} of sections) {
    for (const {text, beside} of passages) for (const part of [text, ...beside.map(([note]) => note)]) sizes.observe(part)
  }
  // Twice, since paragraphs move when the notes leave the flow.
  place()
  place()

  // Opening. `followed`: the note that a link or key opened, which closes for the next; `peeked`: the one that pointer or focus
  // opened, which closes when they leave. What the reader opened by a click stays.
  let followed, peeked, intent
  const close = note => { detailsOf(note).open = false; note.classList.remove("peek") }
  const pin = note => {
    if (peeked === note) peeked = undefined
    note.classList.remove("peek")
    detailsOf(note).open = true
    place()
  }
  const follow = note => {
    if (followed && followed !== note) close(followed)
    followed = note
    pin(note)
  }
  const leave = () => {
    if (peeked) close(peeked)
    peeked = undefined
  }
  const peek = note => {
    if (note === peeked) return
    leave()
    if (!note || detailsOf(note).open || !isShown(note)) return
    peeked = note
    note.classList.add("peek")
    detailsOf(note).open = true
  }

  // Of several copies of a note, the one in the section of the words; a note is its own.
  const noteOf = part => {
    if (!part || part.dataset.note) return part
    const copies = (parts.get(part.hash.slice(1)) ?? []).filter(copy => copy.dataset.note)
    return copies.find(copy => copy.closest("section") === part.closest("section")) ?? copies[0]
  }
  let pointed
  const point = part => {
    const id = noteOf(part)?.dataset.note
    if (id === pointed) return
    mark(pointed, "paired", false)
    pointed = id
    mark(pointed, "paired", true)
  }
  const INTENT = 180
  const oursAt = target => target.closest?.("[data-note], a.ref[href]")
  document.addEventListener("pointerover", ({target, pointerType}) => {
    const part = oursAt(target)
    point(part)
    clearTimeout(intent)
    if (pointerType === "mouse") intent = setTimeout(() => part || !document.activeElement.matches("a.ref") ? peek(noteOf(part)) : 0, INTENT)
  })
  document.addEventListener("focusin", ({target}) => {
    const part = oursAt(target)
    point(part)
    if (part?.matches("a.ref") ? target.matches(":focus-visible") : part !== peeked) peek(part?.matches("a.ref") ? noteOf(part) : undefined)
  })
  document.addEventListener("focusout", ({relatedTarget}) => { if (!relatedTarget) { point(); leave() } })

  // In place: a link to a note or to words moves the page no further than needed to show them.
  const go = hash => {
    const target = document.getElementById(hash.slice(1))
    const before = scrollY
    if (location.hash === hash) arrive(target)
    else location.hash = hash
    scrollTo({top: before, behavior: "instant"})
    if (target.dataset.note) follow(target)
    const focused = target.dataset.note ? headOf(target) : target
    focused.focus({preventScroll: true})
    target.scrollIntoView({block: "nearest", behavior: "instant"})
  }
  const plain = event => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href^='#']")
    const head = event.target.closest?.("[data-note] summary")
    const note = head?.closest("[data-note]")
    if (note && note === peeked) {
      // It is open already: the click keeps it.
      event.preventDefault()
      pin(note)
    } else if (link && plain(event) && !link.matches(".permalink")) {
      const target = document.getElementById(link.hash.slice(1))
      if (!target?.matches("[data-note], a.ref")) return
      event.preventDefault()
      bring(target)
      go(link.hash)
    }
  })

  // j and k lead to the next and previous note while the focus is on a note or on words; Escape closes it.
  const shownNotes = () => ours.filter(isShown)
  const step = (note, by) => {
    const all = shownNotes()
    return all[all.indexOf(note) + by]
  }
  document.addEventListener("keydown", event => {
    const {key, target, ctrlKey, metaKey, altKey} = event
    const note = noteOf(oursAt(target))
    if (!note || ctrlKey || metaKey || altKey) {
      if (key === "Escape") leave()
    } else if (key === "Escape" && detailsOf(note).open) {
      if (note.contains(target)) headOf(note).focus()
      close(note)
      peeked = undefined
    } else if (key === "j" || key === "k") {
      const other = step(note, key === "j" ? 1 : -1)
      // The theme has keys of its own.
      event.stopPropagation()
      if (other) go(`#${other.id}`)
    }
  }, {capture: true})

  // The ways to the neighbours stand in the open note only.
  const WAYS = [["before", "Previous", -1, "k"], ["after", "Next", 1, "j"]]
  const chain = note => {
    const foot = note.querySelector(".note-ways")
    for (const way of foot?.querySelectorAll("[data-way]") ?? []) way.remove()
    if (!foot || !detailsOf(note).open) return
    for (const [way, word, by, shortcut] of [...WAYS].reverse()) {
      const other = step(note, by)
      if (!other) continue
      const link = Object.assign(document.createElement("a"), {textContent: word, ariaKeyShortcuts: shortcut})
      link.setAttribute("href", `#${other.id}`)
      link.dataset.way = way
      const hint = Object.assign(document.createElement("span"), {className: "visually-hidden"})
      hint.textContent = ` ${other.getAttribute("aria-label").replace("Note", "note,")}`
      const cap = Object.assign(document.createElement("kbd"), {textContent: shortcut, ariaHidden: "true"})
      link.append(hint, cap)
      foot.prepend(link)
    }
  }
  for (const note of ours) detailsOf(note).addEventListener("toggle", () => chain(note))

  // Filter: all, problems or no notes. The choice is stored for this site; a link to a hidden note resets it to all.
  const choices = document.querySelector("[data-note-switch]")
  const opener = choices?.querySelector("button")
  const key = `${new URL("..", import.meta.url).pathname}notes`
  // Access to localStorage throws if the reader blocks storage.
  const kept = work => { try { return work(localStorage) } catch { return null } }
  // The same tones as PROBLEM_TONES in pages/article/page.py.
  const fits = (note, choice) => choice === "all" || (choice === "problems" && note.matches(".tone-caution, .tone-fails"))
  const told = choices?.querySelector("[role=status]")
  const chosen = () => document.documentElement.dataset.notes ?? "all"

  const show = choice => {
    document.documentElement.dataset.notes = choice
    choices.querySelector(`[value=${choice}]`).checked = true
    opener.disabled = choice === "none"
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
    ours.forEach(chain)
    place()
  }
  const choose = choice => {
    show(choice)
    kept(storage => storage.setItem(key, choice))
    told.textContent = `${ours.filter(note => fits(note, choice)).length} of ${ours.length} notes shown.`
  }
  const openAll = on => {
    opener.setAttribute("aria-pressed", on)
    opener.textContent = on ? "Close all" : "Open all"
    leave()
    for (const note of notes) detailsOf(note).open = on
    place()
  }

  // What is asked for is shown and, if it is a note, opened.
  const bring = target => { if (choices && target?.dataset.note && !fits(target, chosen())) choose("all") }
  const arrive = target => {
    if (!target?.dataset.note) return
    bring(target)
    follow(target)
  }
  const asked = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))
  addEventListener("hashchange", () => {
    const target = asked()
    const wasHidden = target?.dataset.note && !isShown(target)
    arrive(target)
    if (wasHidden) target.scrollIntoView({behavior: "instant"})
  })
  if (choices) {
    const before = kept(storage => storage.getItem(key))
    if (["problems", "none"].includes(before)) show(before)
    choices.hidden = false
    choices.addEventListener("change", ({target}) => choose(target.value))
    opener.addEventListener("click", () => openAll(opener.getAttribute("aria-pressed") !== "true"))
  }
  arrive(asked())

  // Browsers whose print does not open <details>.
  let closedForScreen = []
  addEventListener("beforeprint", () => {
    closedForScreen = notes.filter(note => !detailsOf(note).open)
    for (const note of closedForScreen) detailsOf(note).open = true
  })
  addEventListener("afterprint", () => closedForScreen.forEach(close))

  // The browser scrolled to the fragment before the notes were placed: scroll again. Not on reload or back, where the browser
  // restores the reader's position; the keyboard goes on from there too.
  const [arrival] = performance.getEntriesByType("navigation")
  const asker = asked()
  if (arrival?.type === "navigate") asker?.scrollIntoView({behavior: "instant"})
  else if (asker) (asker.dataset.note ? headOf(asker) : asker).focus({preventScroll: true})
}
