// @ts-check
// The headers of every page, file, redirection and refusal.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { gate, send, session, submit, variable } from '../lib/gate.js'
import { isMissing, MISSING, pages } from '../lib/pages.js'
import { HEADERS } from '../lib/policy.js'

const desk = gate('DESK')
const all = pages(variable('DESK_CRATE'), variable('DESK_VERSION'))
const FILE = /(?:href|src)="(\/desk\/assets\/[^"]+)"/g

/**
 * Checks the headers of a response.
 * @param {import('../lib/gate.js').Answer} answer
 */
function hasHeaders(answer) {
  for (const [name, value] of Object.entries(HEADERS)) assert.equal(answer.headers[name], value)
}

describe('the headers of', () => {
  let cookie = ''
  /** @type {Set<string>} */
  const files = new Set()

  before(async () => {
    cookie = await session(desk)
  })

  for (const page of all) {
    test(page.name, async t => {
      for (const visitor of [cookie, '']) {
        const answer = await send(desk.url + page.path, { headers: { cookie: visitor } })
        hasHeaders(answer)
        assert.equal(answer.headers['cache-control'], 'no-store')
        for (const [, file] of answer.text.matchAll(FILE)) files.add(file)
        if (visitor && isMissing(page, answer.status)) t.skip(MISSING)
      }
    })
  }

  test('the files', async () => {
    assert.ok(files.size >= 3, `expected style, script and mark, found ${[...files]}`)
    for (const file of files) {
      const answer = await send(desk.url + file)
      assert.equal(answer.status, 200)
      hasHeaders(answer)
      assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
    }
  })

  test('a redirection to sign-in', async () => {
    const answer = await send(`${desk.url}/desk/status`)
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.location, '/desk/sign-in?to=%2Fdesk%2Fstatus')
    hasHeaders(answer)
  })

  test('a form of another site, which is refused', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', cookie }
    const answer = await send(`${desk.url}/desk/sign-out`, { method: 'POST', headers })
    assert.equal(answer.status, 403)
    hasHeaders(answer)
  })

  test('a sign-in that is refused', async () => {
    const answer = await submit(desk, '/desk/sign-in', { token: 'lzr_wrong' })
    assert.equal(answer.status, 403)
    assert.equal(answer.headers['set-cookie'], undefined)
    hasHeaders(answer)
  })
})
