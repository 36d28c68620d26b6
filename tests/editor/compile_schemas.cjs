// Reads {schemas: {file: schema}, patterns, texts} as JSON from standard input, and writes as JSON what Ajv and JavaScript
// make of them: {faults: [words], matches: [[whether a pattern matches a text, …], …]}.
const Ajv = require("ajv")

const { schemas, patterns, texts } = JSON.parse(require("fs").readFileSync(0, "utf8"))
const ajv = new Ajv({ strict: true, allowUnionTypes: true, unicodeRegExp: true, logger: false })
for (const word of ["patternErrorMessage", "defaultSnippets", "markdownEnumDescriptions"]) ajv.addKeyword(word)
for (const [file, schema] of Object.entries(schemas)) ajv.addSchema(schema, file)

const faults = []
for (const file of Object.keys(schemas)) {
  try {
    ajv.getSchema(file)
    if (!ajv.validateSchema(schemas[file])) faults.push(`${file}: ${ajv.errorsText()}`)
  } catch (error) {
    faults.push(`${file}: ${error.message}`)
  }
}
const matches = patterns.map((pattern) => texts.map((text) => new RegExp(pattern, "u").test(text)))
process.stdout.write(JSON.stringify({ faults, matches }))
