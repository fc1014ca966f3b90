package lazaret.vetting.hosting;

import java.util.List;
import lazaret.vetting.crates.CrateId;

/// The result of an upload, or of another change of a private crate.
public sealed interface PublishResult {
  /// The change is in force, and the index shows it.
  ///
  /// @param id the version
  /// @param warnings sentences for the person who published
  record Accepted(CrateId id, List<String> warnings) implements PublishResult {
    /// Copies the list.
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /// The version is stored, and waits for a decision.
  ///
  /// @param id the version
  /// @param reason why it waits, in one sentence
  /// @param warnings sentences for the person who published
  record Held(CrateId id, String reason, List<String> warnings) implements PublishResult {
    /// Copies the list.
    public Held {
      warnings = List.copyOf(warnings);
    }
  }

  /// Nothing changed.
  ///
  /// @param cause the kind of the cause
  /// @param detail one sentence for the person who published; it may contain foreign text
  record Refused(Cause cause, String detail) implements PublishResult {}

  /// The kinds of causes, each with the status of HTTP for it.
  enum Cause {
    /// A rule of the registry: 400.
    INVALID(400),
    /// A scope, an owner, or a name that belongs elsewhere: 403.
    FORBIDDEN(403),
    /// No such crate or version: 404.
    ABSENT(404),
    /// More bytes than the limit: 413.
    TOO_LARGE(413),
    /// The store, the disk or a list of names is not ready; the client repeats the request: 503.
    UNAVAILABLE(503);

    private final int status;

    Cause(int status) {
      this.status = status;
    }

    /// Returns the status of HTTP.
    public int status() {
      return status;
    }
  }
}
