/** Chance. The only source of it, so that a simulated run can be repeated. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number;
  /** 128 random bits as 32 hexadecimal digits: `[0-9a-f]{32}`. Must not repeat within a store. */
  id(): string;
}
