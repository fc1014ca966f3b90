package lazaret.vetting.inventory;

import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The settings of retention and of the scrub.
///
/// @param rules the file with rules; null if none is configured
/// @param suspended the reason why upstream could not restore what is removed, in one clause; null
///   if it can
/// @param scrubRate the bytes that the scrub hashes in a second, at least 1
public record RetentionSettings(
    @Nullable RulesFile rules, @Nullable String suspended, long scrubRate) {
  /// A file with rules, which people edit while the server runs.
  public interface RulesFile {
    /// Reads the file.
    ///
    /// @throws lazaret.vetting.MalformedException if it cannot be read, with the reason
    Bytes read();
  }
}
