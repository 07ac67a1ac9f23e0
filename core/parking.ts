/** Records of one registration that may wait without exchanging while others of it start. */
const limit = 32;

/** Which records of a registration exchange; the others that are worked on are parked: they back off, or wait for a connection. */
export interface Parking {
  /** Whether no more may be parked. Then `room` is called once one more may. */
  isFull(): boolean;
  /** How many are parked, if those who asked were turned away for it. */
  crowd(): number | null;
  mark(index: number, exchanging: boolean): void;
}

/** `worked` is how many records are worked on; `count` is told of each that begins or ceases to exchange. */
export function createParking(worked: () => number, count: (change: 1 | -1) => void, room: () => void): Parking {
  const exchanging = new Set<number>();
  let turnedAway = false;
  const parked = (): number => worked() - exchanging.size;
  const isFull = (): boolean => parked() >= limit;
  return {
    isFull() {
      turnedAway = isFull();
      return turnedAway;
    },
    crowd: () => (turnedAway ? parked() : null),
    mark(index, now) {
      if (now === exchanging.has(index)) return;
      if (now) exchanging.add(index);
      else exchanging.delete(index);
      count(now ? 1 : -1);
      if (!turnedAway || isFull()) return;
      turnedAway = false;
      room();
    },
  };
}
