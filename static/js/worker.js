/* Keeps public pages somebody has seen, to read them without a network. The network always comes first; what
   was taken down leaves the device as soon as it is online again; pages for one person are never touched. */
"use strict";

const PAGES = "namro-trang", STILL = "namro-tep", NOTES = "namro-moc";
const AGAIN = 5 * 60 * 1000, OLDEST = SETUP.days * 24 * 60 * 60 * 1000, MOST_STILL = 40, AT_ONCE = 4;

/* Addresses */
function tongueOf(url) {
  const path = url.pathname.slice(SETUP.root.length);
  return path === "/en" || path.startsWith("/en/") ? "en" : "vi";
}
function placeOf(url) {  // the path in no language
  const path = url.pathname.slice(SETUP.root.length);
  return tongueOf(url) === "en" ? path.slice(3) || "/" : path;
}
function keyOf(url) { return url.origin + url.pathname + url.search; }
function isOurs(url) {
  return url.origin === self.location.origin && url.pathname.startsWith(SETUP.root + "/") &&
    !SETUP.never.some((start) => placeOf(url).startsWith(start));
}
function isList(url) { return Object.values(SETUP.lists).includes(url.pathname); }
function mayBeKept(url) {
  const place = placeOf(url);
  return isOurs(url) && !isList(url) && !SETUP.unkept.some((end) => place === end || place.endsWith(end));
}
function isPublicPage(answer) {  // says of itself that everybody may be given it again
  return answer.status === 200 && answer.type === "basic" && !answer.redirected && answer.headers.has("ETag") &&
    answer.headers.get("Cache-Control") === "public, no-cache" &&
    (answer.headers.get("Content-Type") || "").startsWith("text/html");
}

/* The shelf */
async function keep(url, answer) {
  const shelf = await caches.open(PAGES), headers = new Headers(answer.headers), body = await answer.text();
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Kept-At", String(Date.now()));
  await shelf.delete(keyOf(url));  // the newest stand last
  await shelf.put(keyOf(url), new Response(body, { headers }));
  const all = await shelf.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - SETUP.most)).map((one) => shelf.delete(one)));
}
async function drop(url) {  // gone: in every language, every version, and what hangs below it
  const shelf = await caches.open(PAGES), place = placeOf(url);
  await Promise.all((await shelf.keys()).map((one) => {
    const other = placeOf(new URL(one.url));
    return other === place || other.startsWith(place + "/") ? shelf.delete(one) : null;
  }));
}
function keptAt(answer) { return Number(answer.headers.get("X-Kept-At")); }
async function find(url) {
  const shelf = await caches.open(PAGES), found = await shelf.match(keyOf(url));
  if (found && Date.now() - keptAt(found) < OLDEST) { return found; }
  if (found) { await shelf.delete(keyOf(url)); }
  return null;
}
async function settle(url, answer) {
  if (answer.status === 410 || (answer.status === 404 && !url.search)) { await drop(url); return; }
  if (!mayBeKept(url)) { return; }
  if (isPublicPage(answer)) { await keep(url, answer); } else if (answer.status < 500) {
    await (await caches.open(PAGES)).delete(keyOf(url));
  }
}

/* Does what is kept still stand? Asked once a start, and only if the public log has grown since. */
function bare(tag) { return (tag || "").replace(/^W\//, ""); }
async function checkOne(shelf, one) {
  const kept = await shelf.match(one);
  const now = await fetch(one.url, { method: "HEAD", cache: "no-store", credentials: "omit" });
  if (now.status === 404 || now.status === 410) { await drop(new URL(one.url)); }
  else if (now.ok && kept && bare(now.headers.get("ETag")) !== bare(kept.headers.get("ETag"))) { await shelf.delete(one); }
}
async function check() {
  const told = await fetch(SETUP.root + "/so-cai/checkpoint", { cache: "no-store", credentials: "omit" });
  if (!told.ok) { return; }
  const mark = await told.text(), notes = await caches.open(NOTES), known = await notes.match(SETUP.root + "/moc");
  if (known && await known.text() === mark) { return; }
  const shelf = await caches.open(PAGES), all = await shelf.keys();
  for (let i = 0; i < all.length; i += AT_ONCE) {
    await Promise.all(all.slice(i, i + AT_ONCE).map((one) => checkOne(shelf, one)));
  }
  await notes.put(SETUP.root + "/moc", new Response(mark));
}
let checking = null, checkedAt = 0;
function checkOnce() {
  if (!checking && Date.now() - checkedAt > AGAIN) {
    checking = check().then(() => { checkedAt = Date.now(); }, () => {}).then(() => { checking = null; });
  }
  return checking;
}

/* What is shown without a network */
function moment(at) {
  return new Date(at).toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit",
    year: "numeric", hour: "2-digit", minute: "2-digit" });
}
function page(body, headers, status) { return new Response(body, { status, headers }); }
async function withBanner(url, kept) {
  const tongue = tongueOf(url), words = SETUP.words[tongue];
  const banner = `<div class="notice kept" data-tone="warn" role="status"><p>${words.banner.replace("%s", moment(keptAt(kept)))}` +
    ` <a href="${SETUP.lists[tongue]}">${words.all}</a></p></div>`;
  return page((await kept.text()).replace(/<main[^>]*>/, (main) => main + banner), kept.headers, 200);
}
function shown(text) { return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;"); }
async function line(shelf, one, words) {
  const kept = await shelf.match(one), body = await kept.text();
  const title = /<title>([^<]*)<\/title>/.exec(body), url = new URL(one.url);
  return `<li lang="${tongueOf(url)}"><a href="${shown(url.pathname + url.search)}">` +
    `${title ? title[1].replace(/ – [^–]*$/, "") : shown(url.pathname)}</a> ` +
    `<span class="told">${words.when.replace("%s", moment(keptAt(kept)))}</span></li>`;
}
async function withList(tongue, body, headers, missing) {
  const shelf = await caches.open(PAGES), words = SETUP.words[tongue], lines = [];
  for (const one of (await shelf.keys()).reverse()) {
    if (await find(new URL(one.url))) { lines.push(await line(shelf, one, words)); }
  }
  const told = (missing ? `<p role="status"><b>${words.missing}</b></p>` : "") +
    (lines.length ? `<ul>${lines.join("")}</ul>` : `<p>${words.none}</p>`);
  return page(body.replace(/<div data-kept>[^]*?<\/div>/, () => `<div data-kept>${told}</div>`), headers, missing ? 503 : 200);
}
async function withoutNetwork(url) {
  const kept = mayBeKept(url) && await find(url);
  if (kept) { return withBanner(url, kept); }
  const tongue = tongueOf(url), list = await (await caches.open(STILL)).match(SETUP.lists[tongue]);
  return list ? withList(tongue, await list.text(), list.headers, !isList(url)) : Response.error();
}

/* Answering */
async function answer(event, url) {
  let fresh;
  try { fresh = await event.preloadResponse || await fetch(event.request); } catch (none) { return withoutNetwork(url); }
  if (isList(url) && fresh.ok) {
    const headers = new Headers(fresh.headers);
    headers.delete("Content-Encoding");
    return withList(tongueOf(url), await fresh.text(), headers, false);
  }
  // First on the shelf, then asked about: whatever was taken down in between is then found.
  const settled = settle(url, fresh.clone()).catch(() => {}).then(checkOnce);
  event.waitUntil(Promise.all([settled, holdList(tongueOf(url))]).catch(() => {}));
  return fresh;
}
async function still(request) {  // fonts, scripts, the mark: their address changes when they do
  const shelf = await caches.open(STILL);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) {
      await shelf.put(request, fresh.clone());
      const all = await shelf.keys();
      await Promise.all(all.slice(0, Math.max(0, all.length - MOST_STILL)).map((one) => shelf.delete(one)));
    }
    return fresh;
  } catch (none) { return await shelf.match(request) || Response.error(); }
}
async function holdList(tongue) {
  const shelf = await caches.open(STILL);
  if (!await shelf.match(SETUP.lists[tongue])) { await shelf.add(SETUP.lists[tongue]); }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const shelf = await caches.open(STILL);
  await Promise.all(Object.values(SETUP.lists).map((list) => shelf.delete(list)));  // of another style, maybe
  if (self.registration.navigationPreload) { await self.registration.navigationPreload.enable(); }
  await self.clients.claim();
})()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !isOurs(url)) { return; }
  if (event.request.mode === "navigate") { event.respondWith(answer(event, url)); }
  else if (placeOf(url).startsWith("/static/") && url.searchParams.has("v")) { event.respondWith(still(event.request)); }
});
/* The first page was seen before there was a worker: it and its files lie in the browser's own cache. */
self.addEventListener("message", (event) => {
  const url = new URL(event.source.url);
  if (!event.data || event.data.seen !== true || !mayBeKept(url)) { return; }
  const files = (event.data.files || []).map((one) => new URL(one, url)).filter((one) => isOurs(one) && placeOf(one).startsWith("/static/"));
  event.waitUntil(Promise.all([
    fetch(keyOf(url), { cache: "force-cache", credentials: "omit" }).then((found) => settle(url, found)),
    holdList(tongueOf(url)),
    ...files.slice(0, 12).map((one) => still(new Request(one, { cache: "force-cache" })))
  ]).catch(() => {}));
});
