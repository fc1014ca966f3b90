package lazaret.vetting.hosting.names;

/// Why a name cannot be given to a new private crate.
///
/// @param kind the kind
/// @param detail one sentence for the person who publishes
public record NameRefusal(Kind kind, String detail) {
  /// The kinds of refusals.
  public enum Kind {
    /// No crate can have the name.
    INVALID,
    /// The name belongs elsewhere, or has no owner here.
    FORBIDDEN,
    /// It is not known whether the name is free; it may be later.
    UNKNOWN
  }
}
