package lazaret.results;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// Results that one signature covers.
///
/// @param format the number of this form, [#FORMAT]
/// @param inspector the version of the inspector that made all of them
/// @param indicators the digest of the indicators of compromise that were searched
/// @param at the time of the signature
/// @param sequence the number of the batch in its feed, from 1; 0 if it is not part of a feed
/// @param confirms the number up to which earlier results of the feed hold for these indicators,
///   too; 0 if none are confirmed
/// @param results the results, at most [#MAX]
public record ResultBatch(
    int format,
    int inspector,
    Sha256 indicators,
    Instant at,
    long sequence,
    long confirms,
    List<InspectionResult> results) {
  /// The number of the form.
  public static final int FORMAT = 1;

  /// The maximum number of results.
  public static final int MAX = 512;

  /// Copies the list.
  ///
  /// @throws MalformedException if the form is newer, or a number is not possible
  public ResultBatch {
    results = List.copyOf(results);
    if (format != FORMAT) {
      throw new MalformedException(
          "cannot read inspection results: expected format %d, found %d".formatted(FORMAT, format));
    }
    if (results.size() > MAX || sequence < 0 || confirms < 0 || confirms > sequence) {
      throw new MalformedException(
          "cannot read inspection results: expected at most %d of them, and numbers of a feed"
              .formatted(MAX));
    }
  }
}
