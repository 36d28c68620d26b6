/* The content note, once a visit: on the first page that a visitor opens in this tab, unless that page has it in its text. The
   session's storage remembers that it was shown, and nothing else. Without scripts it stands on the lists only. */

const NOTICE_KEY = "notice"

const isFirstPage = () => {
  try {
    if (sessionStorage.getItem(NOTICE_KEY)) return false
    sessionStorage.setItem(NOTICE_KEY, "shown")
    return true
  } catch {
    return false // the browser refuses storage: rather not at all than on every page
  }
}

if (document.querySelector(".notice") && isFirstPage()) {
  const bar = document.querySelector(".notice-once")
  if (bar) bar.hidden = false
  bar?.querySelector("button").addEventListener("click", () => { bar.hidden = true })
}
