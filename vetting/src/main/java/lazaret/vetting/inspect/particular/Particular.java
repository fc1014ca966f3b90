package lazaret.vetting.inspect.particular;

import java.util.Comparator;
import lazaret.vetting.Excerpt;

/// One particular and the first place that shows it.
///
/// @param kind of it
/// @param text by which it is compared; made printable, and cut to its beginning and a hash
/// @param path of the file; cut and made printable
/// @param line from 1; 0 where there is none
public record Particular(ParticularKind kind, String text, String path, int line)
    implements Comparable<Particular> {
  private static final Comparator<Particular> ORDER =
      Comparator.comparing(Particular::kind)
          .thenComparing(Particular::text)
          .thenComparing(Particular::path)
          .thenComparingInt(Particular::line);

  private static final int SHOWN = 80;

  /// Makes foreign text harmless to print.
  public Particular {
    boolean cut = text.length() > Excerpt.LENGTH;
    text =
        Excerpt.of(
            cut ? text.substring(0, SHOWN) + " #" + Integer.toHexString(text.hashCode()) : text);
    path = Excerpt.of(path);
  }

  /// Returns the file and line: `src/lib.rs:12`.
  public String place() {
    return line == 0 ? path : path + ":" + line;
  }

  @Override
  public int compareTo(Particular other) {
    return ORDER.compare(this, other);
  }
}
