/** Three steps, each below the one before. */
const FALLING_WATER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="#0b6ea8">' +
  '<path d="M1 2h6v3H1zM5 6.5h6v3H5zM9 11h6v3H9z"/></svg>'

/**
 * Swagger UI shows an example that is text as a JSON string where the media type has json in its name, NDJSON too, and
 * none at all where it has xml: whoever tries it out would send something else than the example.
 */
const TEXT_AS_IT_IS = `
const make = window.SwaggerUIBundle
const textAsItIs = () => ({
  afterLoad () {
    const sample = this.fn.getSampleSchema
    this.fn.getSampleSchema = (schema, type, config, example) => typeof example === 'string' ? example : sample(schema, type, config, example)
  }
})
window.SwaggerUIBundle = Object.assign(config => make({ ...config, plugins: [...config.plugins, textAsItIs] }), make)
`

/** What the page of the documentation has of its own. */
export const PAGE = {
  title: 'Thác',
  favicon: [{ filename: 'thac.svg', rel: 'icon', type: 'image/svg+xml', sizes: 'any', content: FALLING_WATER }],
  js: [{ filename: 'examples.js', content: TEXT_AS_IT_IS }]
}
