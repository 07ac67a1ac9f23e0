import type { ImageResource } from "../models/registration-row.ts";
import { type Convert, toDOMString, toSequence, toUSVString } from "./webidl/conversions.ts";
import { type Members, toDictionary } from "./webidl/dictionary.ts";

/** The specification's `BackgroundFetchUIOptions`. */
export interface BackgroundFetchUIOptions {
  readonly icons?: readonly ImageResource[] | undefined;
  readonly title?: string | undefined;
}

const toImageResource = toDictionary<ImageResource>(
  { label: toDOMString, sizes: toDOMString, src: toUSVString, type: toDOMString },
  ["src"],
);

export const uiMembers: Members<BackgroundFetchUIOptions> = {
  icons: toSequence(toImageResource),
  title: toDOMString,
};

export const toUIOptions: Convert<BackgroundFetchUIOptions> = toDictionary<BackgroundFetchUIOptions>(uiMembers);
