import type { ExchangeFailure } from "../models/exchange-failure.ts";

/** A failure that is already in the chart's own words. */
export class ExchangeFailed extends Error {
  readonly failure: ExchangeFailure;

  constructor(failure: ExchangeFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}
