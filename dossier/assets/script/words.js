/* What readers type and what pages say, in one form: letters without accents and in lower case, and one code for a number, a
   day, a month or a name in whatever form it is written. pages/search/search_codes.py has the same rules and says what the
   codes are; a test compares the two. */
const any = words => `(?:${words.join("|")})`
const UNITS = "one two three four five six seven eight nine".split(" ")
const TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ")
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ")
const VALUES = new Map([...UNITS, ...TEENS].map((word, place) => [word, place + 1]).concat(TENS.map((word, place) => [word, 10 * place + 20])))
const EXPONENTS = {thousand: 3, million: 6, billion: 9, k: 3, mn: 6, m: 6, bn: 9}
const UNIT = any(["%", "per ?cent", "pct", "pc", ...Object.keys(EXPONENTS)])
const END = "(?![\\p{L}\\p{N}])"
const TO_99 = `(?:${any(TENS)}(?:[ -]${any(UNITS)})?|${any([...TEENS, ...UNITS])})`
const SPELT = `(?:${any(["an?", ...UNITS])} hundred(?:(?: and)? ${TO_99})?|${TO_99})(?=[ -]?${UNIT}${END})`
const FIGURES = "(?:[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?![0-9])|[0-9]+)"
const MONTHS = "january february march april may june july august september october november december".split(" ").map(name => name.slice(0, 3))
const MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
const YEAR = "(?:19|20)[0-9]{2}"
const DAY = "[0-9]{1,2}"
const TO_12 = any([...UNITS, "ten", "eleven", "twelve"])
const PART = `(?:[0-9]{1,3}|${TO_12})`
const RATIO = `(?<few>${PART})[ -](?:in|out of)[ -](?!${YEAR})(?<many>${PART})${END}(?!(?:[ -]?${UNIT}| ${MONTH})${END})`
const CODED = new RegExp(`(?<![\\p{L}\\p{N}_.,])(?:${RATIO}|(?:(?:(?<d1>${DAY})(?:st|nd|rd|th)? (?:of )?)?(?<m1>${MONTH})\\.?,? (?<y1>${YEAR})|(?<m2>${MONTH})\\.? (?<d2>${DAY})(?:st|nd|rd|th)?,? (?<y2>${YEAR})`
  + `|(?<y3>${YEAR})-(?<m3>[0-9]{2})(?:-(?<d3>[0-9]{2}))?|(?<d4>${DAY})[/.](?<m4>[0-9]{1,2})[/.](?<y4>${YEAR}))${END}`
  + `|(?:(?<figures>${FIGURES})(?:\\.(?<decimals>[0-9]+))?|(?<spelt>${SPELT}))(?:[ -]?(?<unit>${UNIT}))?${END})`, "gu")

const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[‘’ʼ]/g, "'")

/* A number in digits with its point moved to the right: "69", "1", 6 is 69100000. A point that stays is a d. */
const shift = (digits, decimals, places) => {
  const whole = (digits + decimals.slice(0, places).padEnd(places, "0")).replace(/^0+(?=.)/, "")
  const rest = decimals.slice(places).replace(/0+$/, "")
  return rest ? `${whole}d${rest}` : whole
}

const sum = words => words.match(/[a-z]+/g).reduce((total, word) => word === "hundred" ? Math.max(total, 1) * 100 : total + (VALUES.get(word) ?? 0), 0)

const pad = digits => digits.padStart(2, "0")

const valueOf = words => /[0-9]/.test(words) ? Number(words) : sum(words)

/* The code of a day of any year. */
const yearless = (month, day) => `d${month}${pad(day)}z`

const codesOf = ({few, many, d1, m1, y1, m2, d2, y2, y3, m3, d3, d4, m4, y4, figures, decimals = "", spelt, unit = ""}) => {
  if (few) return [`r${valueOf(few)}o${valueOf(many)}z`, ...[few, many].filter(part => /[0-9]/.test(part)).map(part => `n${Number(part)}z`)]
  const year = y1 ?? y2 ?? y3 ?? y4
  if (year) {
    const name = m1 ?? m2, day = d1 ?? d2 ?? d3 ?? d4
    const month = `d${year}${String(name ? MONTHS.indexOf(name.slice(0, 3)) + 1 : Number(m3 ?? m4)).padStart(2, "0")}`
    return day ? [`${month}${pad(day)}z`, `${month}z`, yearless(month.slice(-2), day)] : [`${month}z`]
  }
  if (!unit && !decimals && !spelt && new RegExp(`^${YEAR}$`).test(figures)) return []
  const digits = (figures ?? String(sum(spelt))).replace(/[, ]/g, "")
  const plain = `n${shift(digits, decimals, 0)}z`
  if (unit in EXPONENTS) return [`n${shift(digits, decimals, EXPONENTS[unit])}z`, plain]
  return unit ? [`p${plain.slice(1)}`, plain] : [plain]
}

/* The numbers and dates of a folded text, each as its words, where they begin, and its codes, the most exact first; and the text
   without them. */
const readCodes = folded => {
  const coded = []
  const rest = folded.replace(CODED, (words, ...parts) => {
    const codes = codesOf(parts.at(-1))
    if (codes.length) coded.push({words: words.trim(), at: parts.at(-3), codes})
    return codes.length ? " " : words
  })
  return {coded, rest}
}

/* The names of months in languages that readers may use, by what they are called here. */
const FOREIGN_MONTHS = new Map(["de", "es", "fr", "it", "nl", "pt"].flatMap(language => {
  const {format} = new Intl.DateTimeFormat(language, {month: "long", timeZone: "UTC"})
  return MONTHS.map((name, place) => [fold(format(Date.UTC(2000, place, 1))), name])
}))
const FOREIGN_DATE = new RegExp(`(?<![\\p{L}\\p{N}])(?:(${DAY})\\.? (?:de )?)?(${any([...FOREIGN_MONTHS.keys()])})(?: de)? (${YEAR})${END}`, "gu")
const NUMERIC_DATE = new RegExp(`(?<![\\p{N}.,/-])(?:(?<y1>${YEAR})[/.-](?<m1>${DAY})(?:[/.-](?<d1>${DAY}))?|(?<m2>${DAY})[/.-](?<y2>${YEAR})|(?<d3>${DAY})(?<gap>[/.-])(?<m3>${DAY})\\k<gap>(?<y3>(?:20)?[0-9]{2}))(?![\\p{N}%/-])`, "gu")
const DAY_OF_ANY_YEAR = new RegExp(`(?<![\\p{L}\\p{N}])(?:(?<d1>${DAY})(?:st|nd|rd|th)? (?:of )?(?<m1>${MONTH})|(?<m2>${MONTH})\\.? (?<d2>${DAY})(?:st|nd|rd|th)?)${END}(?![.,]? ?[0-9]|[ -]?${UNIT}${END})`, "gu")

/* Days and months as readers type them and no page prints them, in a form that pages have. */
const spellDates = folded => folded
  .replace(FOREIGN_DATE, (_, day, month, year) => `${day ?? ""} ${FOREIGN_MONTHS.get(month)} ${year}`.trim())
  .replace(NUMERIC_DATE, (words, ...parts) => {
    const {y1, m1, d1, y2, m2, d3, m3, y3} = parts.at(-1)
    const [day, month] = m3 > 12 ? [m3, d3] : [d1 ?? d3, m1 ?? m2 ?? m3] // some write the month first
    const year = y1 ?? y2 ?? y3.padStart(4, "20")
    return month >= 1 && month <= 12 ? [year, pad(month), ...(day ? [pad(day)] : [])].join("-") : words
  })

/* The numbers and dates of what a reader types, as `readCodes` has them, and the words beside them. */
const readQuery = text => {
  const anyYear = []
  const dated = spellDates(fold(text)).replace(DAY_OF_ANY_YEAR, (words, ...parts) => {
    const {d1, m1, m2, d2} = parts.at(-1)
    anyYear.push({words, codes: [yearless(pad(String(MONTHS.indexOf((m1 ?? m2).slice(0, 3)) + 1)), d1 ?? d2)]})
    return " "
  })
  const {coded, rest} = readCodes(dated)
  return {coded: [...anyYear, ...coded], rest}
}

const wordsOf = folded => folded.match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) ?? []

/* A word without an English ending, for comparing beginnings: "replied" and "replies" are "repl". */
const stem = word => word.replace(/(?<=.{4})(?:ies|ied|ing|ed|es|s|e|y)$/, "")

const nameCode = words => `x${(words.length > 1 && words[0] === "the" ? words.slice(1) : words).join("").replaceAll("'", "")}z`
