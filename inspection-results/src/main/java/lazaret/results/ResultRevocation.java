package lazaret.results;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// A signed statement that some results must not be used any more.
///
/// @param format the number of this form, [#FORMAT]
/// @param at the time of the signature
/// @param sequence the number in its feed, from 1; 0 if it is not part of a feed
/// @param keys the ids of keys whose results are wrong, as [ResultKey#id] has them
/// @param archives the SHA-256 of archives whose results are wrong
/// @param reason the reason, for people
public record ResultRevocation(
    int format,
    Instant at,
    long sequence,
    List<Sha256> keys,
    List<Sha256> archives,
    String reason) {
  /// The number of the form.
  public static final int FORMAT = 1;

  /// The maximum number of keys or archives.
  public static final int MAX = 1_000;

  /// The maximum length of a reason, in characters.
  public static final int MAX_REASON = 2_000;

  /// Copies the lists.
  ///
  /// @throws MalformedException if the form is newer, or something is too long
  public ResultRevocation {
    keys = List.copyOf(keys);
    archives = List.copyOf(archives);
    if (format != FORMAT) {
      throw new MalformedException(
          "cannot read a revocation: expected format %d, found %d".formatted(FORMAT, format));
    }
    if (keys.size() > MAX
        || archives.size() > MAX
        || sequence < 0
        || reason.isBlank()
        || reason.length() > MAX_REASON) {
      throw new MalformedException(
          "cannot read a revocation: expected at most %d keys and archives, and a reason"
              .formatted(MAX));
    }
  }
}
