package lazaret.vetting.deskapi.crates;

/// One event of a build in the sandbox.
///
/// @param kind the kind of the event
/// @param what the event in one line of foreign text
public record TraceInfo(Kind kind, String what) {
  /// The kinds of events.
  public enum Kind {
    /// The sandbox denied an access, or a decoy credential was opened.
    DENIED,
    /// A program ran.
    RAN,
    /// A build script sent an instruction to cargo.
    SAID,
    /// A file or a variable of the machine was read.
    READ,
    /// A file was written.
    WROTE
  }
}
