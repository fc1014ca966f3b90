// @ts-check
// The desk without script.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isFault, open, signIn, start } from '../lib/browser.js'
import { call, gate, token, variable } from '../lib/gate.js'

const desk = gate('DESK')
const crate = variable('DESK_CRATE')
const version = variable('DESK_VERSION')
const REQUEST = `/desk/request/${crate}/${version}`

describe('without script', () => {
  /** @type {import('playwright-core').Browser} */
  let browser

  before(async () => {
    browser = await start()
  })

  after(() => browser.close())

  /** @param {(page: import('playwright-core').Page) => Promise<void>} act */
  async function run(act) {
    const { context, page, reports } = await open(browser, { javaScriptEnabled: false })
    await act(page)
    assert.deepEqual(reports.filter(isFault), [])
    await context.close()
  }

  test('a person signs in, chooses the theme and signs out', () =>
    run(async page => {
      await signIn(page, desk)
      await page.getByRole('button', { name: 'Dark' }).click()
      await page.waitForURL(`${desk.url}/desk/people/me`)
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL(`${desk.url}/desk/sign-in`)
    }))

  for (const who of ['a person', 'a visitor who is not signed in']) {
    test(`${who} asks for a version`, () =>
      run(async page => {
        const reason = `${who} needs it & "so" <on>`
        if (who === 'a person') {
          await signIn(page, desk, await token(desk, 'asker', 'requester'))
        }
        await page.goto(desk.url + REQUEST)
        await page.getByLabel('What do you need from it?').fill(reason)
        await page.getByRole('button', { name: 'Ask for this version' }).click()
        await page.waitForURL(`${desk.url}${REQUEST}?done=1`)
        assert.match(await page.getByRole('status').first().innerText(), /The request is recorded/)
        const entry = await call(desk, 'GET', `/queue/${crate}/${version}`)
        assert.ok(JSON.stringify(entry).includes(JSON.stringify(reason)), 'the reason is missing')
      }))
  }

  test('a request without a reason is refused, with the cause', () =>
    run(async page => {
      await page.goto(desk.url + REQUEST)
      const field = page.getByLabel('What do you need from it?')
      await field.fill('   ')
      await page.getByRole('button', { name: 'Ask for this version' }).click()
      assert.match(await page.getByRole('alert').innerText(), /Nothing was recorded/)
    }))

  test('the last day of an approval is a field while the end is a day', () =>
    run(async page => {
      await signIn(page, desk, await token(desk, 'plain-reviewer', 'reviewer'))
      await page.goto(`${desk.url}/desk/crates/${crate}/${version}/review`)
      const day = page.getByLabel('Last day')
      assert.equal(await day.isVisible(), false)
      await page.getByLabel('Ends', { exact: true }).selectOption('day')
      assert.equal(await day.isVisible(), true)
      await page.getByLabel('Ends', { exact: true }).selectOption('14')
      assert.equal(await day.isVisible(), false)
    }))

  test('an administrator makes a token and revokes it', () =>
    run(async page => {
      await signIn(page, desk, desk.token, '/desk/people')
      await page.getByLabel('Name', { exact: true }).fill('plain')
      await page.getByLabel('reader', { exact: true }).check()
      await page.getByRole('button', { name: 'Create token' }).click()
      assert.match(await page.locator('#secret').innerText(), /^lzr_/)
      await page.getByRole('button', { name: 'Revoke plain', exact: true }).click()
      await page.waitForURL(`${desk.url}/desk/people?done=revoked`)
      const { tokens } = await call(desk, 'GET', '/tokens')
      assert.ok(!tokens.some(each => each.name === 'plain'))
    }))
})
