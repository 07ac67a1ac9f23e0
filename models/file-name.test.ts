import { describe, expect, it } from "vitest";
import { fileNameOf, safeFileName } from "./file-name.ts";

describe("file name", () => {
  it.each([
    ["the Content-Disposition first", "https://a.example/b.txt", "attachment; filename=c.txt", "c.txt"],
    ["the URL without one", "https://a.example/x/b.txt?q=c.txt#d", null, "b.txt"],
    ["the URL where it names nothing", "https://a.example/b.txt", "attachment", "b.txt"],
    ["the URL where its name is empty", "https://a.example/b.txt", 'attachment; filename=""', "b.txt"],
    ["the decoded URL", "https://a.example/caf%C3%A9%20%231.txt", null, "café #1.txt"],
    ["M1: the URL decoded once", "https://a.example/%252e%252e%252fx", null, "%2e%2e%2fx"],
    ["M1: the URL, checked after decoding", "https://a.example/..%2f..%5c.bashrc", null, "_bashrc"],
    ["M2: nothing of a bare origin", "https://a.example/", null, "download"],
    ["M2: nothing of what is no URL", "::", null, "download"],
  ])("comes from %s", (_, url, disposition, name) => {
    expect(fileNameOf(url, disposition)).toBe(name);
  });

  it.each([
    ["M1", "../x", "x"],
    ["M1", "..\\x", "x"],
    ["M1", "/etc/passwd", "passwd"],
    ["M1", "C:\\dir\\x", "x"],
    ["M1", "\\\\srv\\s", "s"],
    ["M1", "~/x", "x"],
    ["M2", "", "download"],
    ["M2", ".", "download"],
    ["M2", "..", "download"],
    ["M2", " . . ", "download"],
    ["M2", "dir/", "download"],
    ["M3", "CON", "_CON"],
    ["M3", "nul.txt", "_nul.txt"],
    ["M3", "COM1 .txt", "_COM1 .txt"],
    ["M3", "LPT¹", "_LPT¹"],
    ["M3", "AUX.", "_AUX"],
    ["M3: only whole names", "console.txt", "console.txt"],
    ["M4", "a.txt:evil.exe", "a.txt_evil.exe"],
    ["M4", '<>:"|?*', "_______"],
    ["M4", "a\0b\tc\nd\x7fe\x85f\x1bg", "a_b_c_d_e_f_g"],
    ["M5", "a.txt. ", "a.txt"],
    ["M6", "inv\u202etxt.exe", "invtxt.exe"],
    ["M6", "\ufeffa\u200bb\u2069.txt", "ab.txt"],
    ["M6: nothing hides behind them", "\u200b.bashrc", "_bashrc"],
    ["M6: no device either", "C\u200bON", "_CON"],
    ["M7", ".bashrc", "_bashrc"],
    ["M7", ".npmrc", "_npmrc"],
    ["M7", "-rf", "_rf"],
    ["M7", "Desktop.ini", "_Desktop.ini"],
    ["M10: half of a pair", "a\ud83d.txt", "a_.txt"],
  ])("%s: %j becomes %j", (_, text, name) => {
    expect(safeFileName(text)).toBe(name);
  });

  it.each([
    ["keeps the extension", `${"x".repeat(300)}.tar`, `${"x".repeat(236)}.tar`],
    ["counts bytes, not characters", "é".repeat(200), "é".repeat(120)],
    ["cuts no code point", `a${"😀".repeat(100)}`, `a${"😀".repeat(59)}`],
    ["takes a long tail for no extension", `a.${"x".repeat(300)}`, `a.${"x".repeat(238)}`],
    ["does not cut down to a device", `con${" ".repeat(300)}x.txt`, "_con.txt"],
    ["finds room for what a device needs before it", `con.${"x".repeat(300)}`, `_con.${"x".repeat(235)}`],
  ])("M8: %s", (_, text, name) => {
    expect(safeFileName(text)).toBe(name);
  });
});
