package lazaret.vetting.deskapi;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import org.jspecify.annotations.Nullable;

/// One cause for which an operation was refused or failed.
///
/// @param code the code, one of `docs/desk-api.md`
/// @param detail one sentence; it may contain foreign text
/// @param name the crate; null if the problem concerns none
/// @param version the version; null if the problem concerns none
/// @param verdict the refusal of a version that the index does not list; null for any other problem
public record Problem(
    ErrorCode code,
    String detail,
    @Nullable String name,
    @Nullable String version,
    @Nullable VerdictInfo verdict) {
  /// Creates a problem that concerns no crate.
  public Problem(ErrorCode code, String detail) {
    this(code, detail, null, null, null);
  }

  /// Returns the detail, after the version if the problem concerns one.
  public String sentence() {
    if (name == null) {
      return detail;
    }
    return (version == null ? name : name + " " + version) + ": " + detail;
  }
}
