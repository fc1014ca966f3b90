package lazaret.vetting.index;

import java.io.Serial;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// The fault of one line of an index file. It is used within this package only, since an invalid
/// line affects that line and not the file. It has no stack trace, because a hostile file has many.
final class IndexLineFault extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final OmissionReason reason;
  private final @Nullable String version;
  private final String detail;

  /// @param version value of `vers`, foreign and not checked; null if unknown
  /// @param detail expected and found values; foreign parts are already printable
  IndexLineFault(OmissionReason reason, @Nullable String version, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.version = version;
    this.detail = detail;
  }

  OmissionReason reason() {
    return reason;
  }

  @Nullable String version() {
    return version == null ? null : Excerpt.of(version);
  }

  String detail() {
    return detail;
  }
}
