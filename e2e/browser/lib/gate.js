// @ts-check
// The gates under test. `BrowserE2E` starts them; addresses and tokens are in the environment.

import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { PATIENCE } from './browser.js'

/**
 * A gate under test.
 * @typedef {{ url: string, token: string }} Gate
 *
 * A response as it was sent.
 * @typedef {{ status: number, headers: Record<string, any>, text: string }} Answer
 */

/**
 * Returns a gate of the environment.
 * @param {string} name `DESK`, `HOSTILE` or `PROVIDER`
 * @returns {Gate}
 */
export function gate(name) {
  return { url: variable(`${name}_URL`), token: variable(`${name}_TOKEN`) }
}

/**
 * Returns a variable of the environment.
 * @param {string} name
 */
export function variable(name) {
  const value = process.env[name]
  if (!value) throw new Error(`expected the variable ${name}, found none; run BrowserE2E`)
  return value
}

/**
 * Sends a request without a browser. Redirects are not followed.
 * @param {string} address
 * @param {{ method?: string, headers?: Record<string, string>, body?: string }} [options]
 * @returns {Promise<Answer>}
 */
export function send(address, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers }, async response => {
      const parts = []
      for await (const part of response) parts.push(part)
      const text = Buffer.concat(parts).toString()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/**
 * Calls an operation of the desk API as the administrator.
 * @param {Gate} where
 * @param {string} method
 * @param {string} path below `/desk/v1`
 * @param {any} [order] the JSON document to send
 */
export async function call(where, method, path, order) {
  const headers = { authorization: `Bearer ${where.token}`, 'content-type': 'application/json' }
  const body = order && JSON.stringify(order)
  const answer = await send(`${where.url}/desk/v1${path}`, { method, headers, body })
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return JSON.parse(answer.text)
}

/**
 * Waits until all files of a difference are compared. The first call fetches and inspects the
 * artifacts, as a build does.
 * @param {Gate} where
 * @param {string} version the path of the version below `/desk/v1`
 * @param {string} [base] the version to compare with; the gate's choice if absent
 */
export async function compared(where, version, base) {
  const against = base ? `&base=${base}` : ''
  const end = Date.now() + PATIENCE
  for (;;) {
    try {
      const difference = await call(where, 'GET', `${version}/diff?limit=1${against}`)
      if (difference.complete) return
    } catch (problem) {
      if (Date.now() > end) throw problem
    }
    if (Date.now() > end) throw new Error(`${version} is not compared`)
    await delay(250)
  }
}

/**
 * Creates a token with one role.
 * @param {Gate} where
 * @param {string} name
 * @param {string} role
 * @returns {Promise<string>} the secret
 */
export async function token(where, name, role) {
  const created = await call(where, 'POST', '/tokens', { name, roles: [role] })
  return created.secret
}

/**
 * Sends a form as a page of the desk does.
 * @param {Gate} where
 * @param {string} path
 * @param {Record<string, string>} fields
 * @param {string} [cookie]
 */
export function submit(where, path, fields, cookie = '') {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    cookie,
  }
  const body = String(new URLSearchParams(fields))
  return send(where.url + path, { method: 'POST', headers, body })
}

/**
 * Signs in without a browser.
 * @param {Gate} where
 * @param {string} [secret] of a token; the administrator's if absent
 * @returns {Promise<string>} the value of the header `cookie`
 */
export async function session(where, secret = where.token) {
  const answer = await submit(where, '/desk/sign-in', { token: secret })
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0]
  if (!cookie) throw new Error(`not signed in: ${answer.status} ${answer.text}`)
  return cookie
}

/**
 * Returns whether the value of the header `cookie` belongs to a session.
 * @param {Gate} where
 * @param {string} cookie
 */
export async function lives(where, cookie) {
  const answer = await send(`${where.url}/desk/people/me`, { headers: { cookie } })
  return answer.status === 200
}
