// The same on every runtime, but each preset names its own, as with the other ports.
export { CryptoRandom as NodeRandom } from "../memory/crypto-random.ts";
