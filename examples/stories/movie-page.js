// The page of a film library, as it would be written for a browser that has Background Fetch.

const film = {
  id: "7",
  title: "The Long Haul",
  urls: ["/films/7.mp4", "/films/7.vtt", "/films/7.jpg"],
  bytes: 12_000_000,
};

/** What the button "keep for the journey" does. */
export async function keepForTheJourney(show) {
  const { backgroundFetch } = await serviceWorker.ready;
  const download = await backgroundFetch.fetch(`film-${film.id}`, film.urls, {
    title: `Downloading ${film.title}`,
    icons: [{ src: "/films/7.jpg", sizes: "300x300", type: "image/jpeg" }],
    downloadTotal: film.bytes,
  });
  download.addEventListener("progress", () => show(download.downloaded / film.bytes));
}

/** What the player does: it need not wait for the end. */
export async function firstBytes(count) {
  const { backgroundFetch } = await serviceWorker.ready;
  const download = await backgroundFetch.get(`film-${film.id}`);
  const record = await download.match(film.urls[0]);
  const reader = (await record.responseReady).body.getReader();
  let read = 0;
  while (read < count) read += (await reader.read()).value.byteLength;
  await reader.cancel();
  return read;
}
