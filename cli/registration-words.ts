/** A registration's state, in a person's words; the states of the chart are in docs/statecharts. */
export function registrationWords(state: string): string {
  switch (state) {
    case "pending":
      return "starting";
    case "transferring":
      return "downloading";
    case "paused-offline":
      return "offline, waiting";
    case "delivering":
      return "finishing";
    default:
      return state;
  }
}
