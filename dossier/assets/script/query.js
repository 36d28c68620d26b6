/* What is searched for when a reader asks something, and in which order it is shown. Pagefind finds documents that have all
   words, or words that begin like them; of a word that it does not know it takes the longest beginning that is a word, or else
   passes over it; and it knows no kinds. So:
   numbers, days and names become codes (words.js); words that only ask ("what did … say about") are left out; a word that
   stands nowhere gives way to the nearest one that does; if hardly anything has all words, the least telling one is left out;
   and scores are weighted by the kind of document. */
const RANKING = {termSimilarity: 6, pageLength: 0.6, termFrequency: 0.8, metaWeights: {title: 4, names: 2, codes: 3, more: 0.6, when: 0.4}}
const WEIGHTS = {claim: 1.7, article: 1.6, page: 1.4, list: 1.2, term: 1.3, chart: 1.2, party: 1.1, event: 1.2, note: 0.25, source: 0.12}
const EVENT_OF_DAY = 3 // times the weight of an event where a day or a month is asked for
const FEW = 6 // results with all words; with fewer, those with most of them are shown too
const LESS = 0.55 // weight of a result for each word that it has not
const RARE = 3 // a word in fewer documents may be a slip
const MOST_TERMS = 8
const NAMED = 3 // things of the very name that is asked for, which come first

// Words that only ask, and words that ask whether something is so; both count where nothing else is asked for.
const ASKING = new Set(("a an the of in on at to by for from with and or as if so than then about into out up is are was were be been being am do does did "
  + "has have had will would can could should might must what whats which who whom whose when where why how much many there here this that these those it "
  + "its they them their he she his her i me my we you your any some all just also really actually please tell show find list explain give get got become "
  + "became come comes came say says said mean means meant everything anything something").split(" "))
const DOUBTING = new Set("true truth false right wrong correct incorrect real fake accurate reliable".split(" "))
const KINDS = new Set("article articles note notes claim claims event events source sources term terms topic topics verdict verdicts page pages list".split(" "))
const SPEAKING = new Set("say says said reply replies replied answer answers answered respond responds responded response responses statement statements".split(" "))

/* The digits of a number that may not be typed out yet. */
const beginnings = (words, codes) => codes[0].startsWith("d") ? [] : [words.match(/^[0-9][0-9,. ]*/)?.[0].replace(/[,. ]/g, "")].filter(Boolean)

/* A share with decimals as most pages print it: "52.45 %" as 52 %. */
const rounded = codes => /^p[0-9]+d/.test(codes[0]) ? [`p${Math.round(codes[0].slice(1, -1).replace("d", "."))}z`] : []

/* The terms of a query: each is a list of codes or words to look up, the most exact first, with the words as typed. */
const readTerms = text => {
  const {coded, rest} = readQuery(text)
  const words = wordsOf(rest).map(word => word.replace(/'s?$/, ""))
  const asks = ASKING.has(words[0]) || coded.length
  const telling = words.filter(word => !ASKING.has(word) && !(asks && DOUBTING.has(word)))
  const kept = telling.length || coded.length ? telling : words
  return {
    terms: [...coded.map(({words, codes}) => ({words, forms: [...codes, ...rounded(codes), ...beginnings(words, codes)]})), ...kept.map(word => ({words: word, forms: [word]}))].slice(0, MOST_TERMS),
    names: readNames(wordsOf(fold(text)), words, coded.length > 0),
    says: words.some(word => SPEAKING.has(word)),
    hasDay: coded.some(({codes}) => codes[0].startsWith("d")),
  }
}

/* The names that may be meant: all words together; without those that ask before and after them ("what is the …"); and beside no
   number those that tell, kinds of records aside ("which claims are true"). */
const readNames = (whole, words, isCoded) => {
  const tells = word => !ASKING.has(word)
  const first = whole.findIndex(tells)
  return [whole, first < 0 ? [] : whole.slice(first, whole.findLastIndex(tells) + 1), isCoded ? [] : words.filter(word => tells(word) && !KINDS.has(word))]
}

/* The codes of names, of the words as they were understood, and of "… said" for what was said. */
const codeNames = (names, understood, says) => {
  const others = understood.filter(word => !SPEAKING.has(word))
  return [...new Set([...names, understood, ...(says && others.length ? [[...others, "said"]] : [])].filter(words => words.length).map(nameCode))]
}

/* Whether two words differ by one letter more, less or other, or by two neighbours that changed places. */
const isNear = (typed, word) => {
  if (Math.abs(typed.length - word.length) > 1 || typed === word) return false
  let start = 0, end = 0
  const least = Math.min(typed.length, word.length)
  while (start < least && typed[start] === word[start]) start += 1
  while (end < least - start && typed.at(-1 - end) === word.at(-1 - end)) end += 1
  const [left, right] = [typed.slice(start, typed.length - end), word.slice(start, word.length - end)]
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""))
}

const addCounts = (filters, others) => Object.fromEntries(Object.entries(filters).map(([name, counts]) => {
  const more = others[name] ?? {}
  return [name, Object.fromEntries([...Object.keys(counts), ...Object.keys(more)].map(value => [value, (counts[value] ?? 0) + (more[value] ?? 0)]))]
}))

class Asker {
  /* `folder` is that of the index; `whats` has the values of its filter `what` by kind. */
  constructor(index, folder, whats) {
    Object.assign(this, {index, folder, whats, kinds: new Map(), list: undefined})
  }

  /* A search whose results have their kinds in `kinds`. Searches within each kind tell them; a search for nothing, which would
     tell them all at once, loads the whole index. */
  async search(text, filters) {
    const found = await this.index.search(text, {filters})
    if (found.results.some(({id}) => !this.kinds.has(id))) {
      for (const [kind, values] of Object.entries(this.whats)) {
        const alike = await this.index.search(text, {filters: {...filters, what: {any: values}}})
        for (const {id} of alike.results) this.kinds.set(id, kind)
      }
    }
    return found
  }

  /* The words of the index, the most frequent first; none if they cannot be loaded. */
  async words() {
    const load = () => fetch(new URL("words.txt", this.folder)).then(answer => answer.ok ? answer.text() : "").catch(() => "")
    return this.list ??= (await load()).split("\n")
  }

  /* In how many documents a code or word stands, or a word that begins with it. A search in quotation marks finds whole words. */
  async count(form) {
    const whole = await this.index.search(`"${form}"`)
    if (whole.results.length && /\d/.test(form)) return whole.results.length
    const {results} = await this.index.search(form)
    if (whole.results.length || !results.length) return results.length
    const {content, meta} = await results[0].data()
    return wordsOf(fold(`${meta.title} ${meta.names} ${content}`).replace(/(?<=[0-9]),(?=[0-9])/g, "")).some(word => word.startsWith(form)) ? results.length : 0
  }

  /* A term as it can be looked up: its first form that stands anywhere, or else the nearest word; null if there is none.
     A word that hardly anything has may be a slip that was made before. */
  async settle({words, forms}) {
    for (const form of forms) {
      const count = await this.count(form)
      if (count >= RARE || (count && /\d|^.{1,3}$/.test(form))) return {words, form, name: await this.complete(form)}
      const near = await this.nearest(form)
      if (near && !count) return {words, form: near.word, meant: near.word}
      if (near && near.count > 4 * count) return {words, form, meant: near.word}
      if (count) return {words, form}
    }
    return null
  }

  /* The most frequent word that begins with what was typed, which is none itself: a name that is not typed out yet. */
  async complete(form) {
    if (form.length < 4 || /\d/.test(form) || (await this.index.search(`"${form}"`)).results.length) return undefined
    return (await this.words()).find(word => word.startsWith(form))
  }

  async nearest(form) {
    if (form.length < 4 || /\d/.test(form)) return undefined
    const word = (await this.words()).find(word => isNear(form, word))
    return word && {word, count: await this.count(word)}
  }

  /* Results for an exact phrase, for no words, or for the terms of a query; what the reader has to be told of it. */
  async ask(text, filters) {
    const quoted = /^\s*["“].*["”]\s*$/.test(text)
    if (!text || quoted) return {...await this.index.search(text ? text.replace(/[“”]/g, '"') : null, {filters}), terms: quoted ? wordsOf(fold(text)) : [], without: [], meant: [], query: text || null}
    const {terms, names, says, hasDay} = readTerms(text)
    const settled = await Promise.all(terms.map(term => this.settle(term)))
    const known = settled.filter(Boolean)
    const without = terms.filter((_, place) => !settled[place]).map(({words}) => words)
    const weigh = ({id, score}) => score * (WEIGHTS[this.kinds.get(id)] ?? 1) * (hasDay && this.kinds.get(id) === "event" ? EVENT_OF_DAY : 1)
    const named = await this.findNamed(codeNames(names, known.map(one => one.meant ?? one.name ?? one.words), says), filters, weigh)
    if (!known.length) return {results: named, filters: {}, terms: [], without: [], meant: [], query: ""}
    const found = await this.relax(known, filters, weigh)
    const meant = known.filter(one => one.meant)
    if (meant.some(one => one.form !== one.meant)) {
      const right = await this.relax(known.map(one => ({...one, form: one.meant ?? one.form})), filters, weigh)
      found.results.push(...right.results)
      found.filters = addCounts(found.filters, right.filters)
    }
    const results = [...new Map([...named, ...found.results].map(result => [result.id, result])).values()]
    return {...found, results, meant, without: [...without, ...found.without]}
  }

  /* What has all terms; while that is little, also what has all but the least telling one, which is no number. */
  async relax(known, filters, weigh) {
    const search = terms => this.search(terms.map(one => one.form).join(" "), filters)
    let terms = known, found = await search(terms)
    const weights = new Map(found.results.map(result => [result.id, weigh(result)])), left = []
    while (found.results.length < FEW && terms.length > 1) {
      const words = terms.filter(({form}) => !/\d/.test(form))
      let best
      for (const term of words.length ? words : terms) {
        const others = terms.filter(other => other !== term)
        const tried = await search(others)
        const top = Math.max(...tried.results.map(weigh))
        if (tried.results.length && !(best?.top >= top)) best = {term, others, tried, top}
      }
      if (!best) break
      terms = best.others
      found = best.tried
      left.push(best.term)
      for (const result of found.results) weights.set(result.id, Math.max(weights.get(result.id) ?? 0, weigh(result) * LESS ** left.length))
    }
    return {
      results: found.results.sort((a, b) => weights.get(b.id) - weights.get(a.id)), filters: found.filters, query: terms.map(one => one.form).join(" "),
      terms: [...terms, ...left].map(one => one.form), without: left.map(one => one.words),
    }
  }

  /* What bears the very name that is asked for. */
  async findNamed(names, filters, weigh) {
    const found = new Map()
    for (const name of names) for (const result of (await this.search(`"${name}"`, filters)).results) found.set(result.id, result)
    return [...found.values()].sort((a, b) => weigh(b) - weigh(a)).slice(0, NAMED)
  }
}
