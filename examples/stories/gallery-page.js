// The page of a photo gallery, as it would be written for a browser that has Background Fetch.

/** What the upload button does with the files that were chosen. */
export async function upload(gallery, photos, show) {
  const requests = photos.map((photo) => {
    const body = new FormData();
    body.set("gallery", gallery);
    body.set("photo", photo);
    return new Request("/photos", { method: "POST", body, credentials: "include" });
  });
  const { backgroundFetch } = await serviceWorker.ready;
  const fetching = await backgroundFetch.fetch(`gallery-${gallery}`, requests, {
    title: `Uploading ${photos.length} photos`,
  });
  fetching.onprogress = () => show(fetching.uploaded / fetching.uploadTotal);
}
