const KiB = 1024;
const MiB = 1024 * KiB;

/** One file of the demo, and what its server does to those who want it. */
export interface PlannedFile {
  readonly name: string;
  readonly size: number;
  readonly bytesPerSecond: number;
  /** The connection that carries this byte is reset there. Each once. */
  readonly cutsAt: readonly number[];
  /** So many requests get a 503. */
  readonly refusals: number;
}

/** The bad day that the demo's server has. */
export const plan = {
  files: [
    { name: "lecture.mp4", size: 40 * MiB, bytesPerSecond: 5 * MiB, cutsAt: [5 * MiB, 31 * MiB], refusals: 0 },
    { name: "dataset.zip", size: 12 * MiB, bytesPerSecond: 2 * MiB, cutsAt: [3 * MiB], refusals: 0 },
    { name: "manual.pdf", size: 3 * MiB, bytesPerSecond: 2 * MiB, cutsAt: [], refusals: 1 },
    { name: "cover.jpg", size: 200 * KiB, bytesPerSecond: MiB, cutsAt: [], refusals: 0 },
  ] as readonly PlannedFile[],
  retryAfterS: 2,
  /** Once it has sent so much, the server goes away. */
  awayAfter: 14 * MiB,
  awayMs: 2_500,
  /** The part of all bytes at which we kill our own downloader. */
  killAt: 0.5,
};

export const totalBytes: number = plan.files.reduce((sum, { size }) => sum + size, 0);
