package lazaret.vetting.hosting.record;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;

/// A name that belongs to a private registry. Its row is never changed or removed.
///
/// @param name the spelling of the first version
/// @param since the time from which it is private
/// @param by the person or program that created the crate
/// @param from [#HERE], or `bundle:` and the stream of the bundle that brought it
public record HostedName(CrateName name, Instant since, String by, String from) {
  /// The source of names that were created at this gate.
  public static final String HERE = "here";

  /// Returns the key of the row.
  public String key() {
    return name.collisionKey();
  }

  /// Returns whether this gate hosts the crate.
  public boolean isHere() {
    return from.equals(HERE);
  }
}
