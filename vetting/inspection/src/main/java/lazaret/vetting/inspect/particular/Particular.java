package lazaret.vetting.inspect.particular;

import java.util.Comparator;
import lazaret.vetting.Excerpt;

/// A detail of the code and the first occurrence of it.
///
/// @param kind the kind of detail
/// @param text the text that is compared; made printable, and long ones shortened to the beginning
///   and a hash
/// @param path the path of the file; shortened and made printable
/// @param line the line, from 1; 0 if there is none
public record Particular(ParticularKind kind, String text, String path, int line)
    implements Comparable<Particular> {
  private static final Comparator<Particular> ORDER =
      Comparator.comparing(Particular::kind)
          .thenComparing(Particular::text)
          .thenComparing(Particular::path)
          .thenComparingInt(Particular::line);

  private static final int SHOWN = 80;

  /// Makes text and path printable, since they come from the crate.
  public Particular {
    boolean cut = text.length() > Excerpt.LENGTH;
    text =
        Excerpt.of(
            cut ? text.substring(0, SHOWN) + " #" + Integer.toHexString(text.hashCode()) : text);
    path = Excerpt.of(path);
  }

  /// Returns the file and line: `src/lib.rs:12`.
  public String location() {
    return line == 0 ? path : path + ":" + line;
  }

  @Override
  public int compareTo(Particular other) {
    return ORDER.compare(this, other);
  }
}
