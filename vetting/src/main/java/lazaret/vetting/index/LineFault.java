package lazaret.vetting.index;

import java.io.Serial;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// What is wrong with one line of an index file. Never leaves this package: a bad line costs the
/// line, not the file. Carries no stack trace, since a hostile file has many.
final class LineFault extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final LeftOutReason reason;
  private final @Nullable String version;
  private final String detail;

  /// @param version what the line has for `vers`, as foreign as the rest, or null where that is
  ///   unknown
  /// @param detail what was expected and found; foreign parts of it already made printable
  LineFault(LeftOutReason reason, @Nullable String version, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.version = version;
    this.detail = detail;
  }

  LeftOutReason reason() {
    return reason;
  }

  @Nullable String version() {
    return version == null ? null : Excerpt.of(version);
  }

  String detail() {
    return detail;
  }
}
