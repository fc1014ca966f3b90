package lazaret.vetting.text;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text forms of sizes.
public final class SizeText {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final Pattern FORM = Pattern.compile("(\\d{1,18}) ?([kKMGT]i?B|B)?");
  private static final Map<String, Long> FACTORS =
      Map.of(
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40,
          "b", 1L);

  private SizeText() {}

  /// Returns a number of bytes with at most one digit after the point: `1.5 MiB`.
  public static String text(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }

  /// Reads a size in bytes, in the form that people write: `512MiB`, `1GiB`, `10MB`, `4096`.
  ///
  /// @param text a whole number with or without a unit: `kB`, `MB`, `GB`, `TB` count by 1000,
  ///   `KiB`, `MiB`, `GiB`, `TiB` by 1024
  /// @throws IllegalArgumentException if the text has another form or is too large
  public static long parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("expected a size like \"512MiB\", \"10GB\" or \"4096\"");
    }
    String unit = parts.group(2);
    Long factor = FACTORS.get(unit == null ? "b" : unit.toLowerCase(Locale.ROOT));
    try {
      return Math.multiplyExact(Long.parseLong(parts.group(1)), factor == null ? 1L : factor);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("expected a size below 8 EiB", e);
    }
  }
}
