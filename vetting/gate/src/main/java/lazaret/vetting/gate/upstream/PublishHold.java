package lazaret.vetting.gate.upstream;

import org.jspecify.annotations.Nullable;

/// The hold of a private version since it was published.
///
/// @param publisher the person or program that published it, as named in the ledger
/// @param administrator the administrator who imported it for the publisher; null if the publisher
///   uploaded it
/// @param reason why it waits for a decision, in one clause
public record PublishHold(String publisher, @Nullable String administrator, String reason) {
  /// Returns whether a person published or imported it.
  public boolean isFrom(String person) {
    return person.equals(publisher) || person.equals(administrator);
  }
}
