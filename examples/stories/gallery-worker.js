// The photo gallery's service worker, as it would be written for a browser that has Background Fetch.

addEventListener("backgroundfetchsuccess", (event) => event.waitUntil(report(event)));
addEventListener("backgroundfetchfail", (event) => event.waitUntil(report(event)));

async function report(event) {
  const { registration } = event;
  const cache = await caches.open(registration.id);
  const refused = [];
  for (const record of await registration.matchAll()) {
    const photo = (await record.request.formData()).get("photo");
    const response = await record.responseReady.catch(() => undefined);
    if (response?.ok) await cache.put(`/thumbnails/${photo.name}`, response);
    else refused.push(`${photo.name}: ${response === undefined ? registration.failureReason : await response.text()}`);
  }
  await cache.put("/refused", Response.json(refused));
  await event.updateUI({ title: refused.length === 0 ? "All photos are there" : `Not taken: ${refused.join(", ")}` });
}
