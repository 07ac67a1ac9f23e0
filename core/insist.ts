import type { ExchangeServices } from "./exchange-record.ts";

/**
 * Do what the journal must do, as often as it takes: a disk that is full for a while must not cost a registration its
 * end.
 *
 * @throws The reason of `services.closing`, once it is aborted.
 */
export async function insist<T>(
  { ports: { clock }, options: { retry }, closing }: ExchangeServices,
  act: () => Promise<T>,
  onFault: (error: unknown) => void,
): Promise<T> {
  for (let delayMs = retry.minDelayMs; ; delayMs = Math.min(2 * delayMs, retry.maxDelayMs)) {
    try {
      return await act();
    } catch (error) {
      closing.throwIfAborted();
      onFault(error);
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        clock.clearTimeout(timer);
        reject(closing.reason);
      };
      const timer = clock.setTimeout(() => {
        closing.removeEventListener("abort", leave);
        resolve();
      }, delayMs);
      closing.addEventListener("abort", leave, { once: true });
    });
  }
}
