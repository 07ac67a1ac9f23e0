// The film library's service worker, as it would be written for a browser that has Background Fetch.

addEventListener("backgroundfetchsuccess", (event) => event.waitUntil(keep(event)));
addEventListener("backgroundfetchfail", (event) => event.waitUntil(keep(event)));

async function keep(event) {
  const cache = await caches.open(event.registration.id);
  const records = await event.registration.matchAll();
  let kept = 0;
  for (const record of records) {
    const response = await record.responseReady.catch(() => undefined);
    if (!response?.ok) continue;
    await cache.put(record.request, response);
    kept += 1;
  }
  await event.updateUI({ title: kept === records.length ? "Ready to watch" : "Some of the film is missing" });
}
