package lazaret.vetting.inspect.trust;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A search for random numbers in C that come from the clock or the process number.
final class NativeSeeds {
  private static final int MAX = 1 << 20;
  private static final int MAX_LINE = 200;
  private static final int MAX_LINES = 256;
  private static final Pattern CLOCK =
      Pattern.compile(
          "\\b(?:time ?\\(|clock ?\\(|getpid ?\\(|gettimeofday|clock_gettime|GetTickCount|__rdtsc|rdtsc ?\\(|QueryPerformanceCounter|tv_n?u?sec)");

  /// Texts of which each match of [#CLOCK] contains one.
  private static final List<String> CLOCKS =
      List.of(
          "time(",
          "time (",
          "clock(",
          "clock (",
          "getpid",
          "gettimeofday",
          "clock_gettime",
          "GetTickCount",
          "rdtsc",
          "QueryPerformanceCounter",
          "tv_");

  private static final Pattern SEEDS =
      Pattern.compile(
          "\\b(?:s?rand|srandom|srand48|\\w{0,24}(?:[Ss]eed|state|stream|entropy)\\w{0,16})(?:\\[[^\\]]{0,20}\\])? ?(?:\\(|[\\^|+]?= ?)");

  private NativeSeeds() {}

  /// Returns the line with such a random number, or 0 if there is none.
  ///
  /// @param bytes an array that begins with the source
  static int find(byte[] bytes, int length) {
    String text = new String(bytes, 0, Math.min(length, MAX), StandardCharsets.ISO_8859_1);
    if (!namesClock(text)) {
      return 0;
    }
    Matcher clock = CLOCK.matcher(text);
    for (int i = 0; i < MAX_LINES && clock.find(); i++) {
      int from = Math.max(text.lastIndexOf('\n', clock.start()) + 1, clock.start() - MAX_LINE);
      String before = text.substring(from, clock.start()).strip();
      boolean comment =
          before.startsWith("//") || before.startsWith("*") || before.startsWith("/*");
      if (!comment && SEEDS.matcher(before).find()) {
        return 1 + (int) text.substring(0, clock.start()).chars().filter(c -> c == '\n').count();
      }
    }
    return 0;
  }

  private static boolean namesClock(String text) {
    for (String name : CLOCKS) {
      if (text.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
