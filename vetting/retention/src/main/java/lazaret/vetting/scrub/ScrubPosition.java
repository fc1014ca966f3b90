package lazaret.vetting.scrub;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The progress of one round of the scrub.
///
/// @param begun the begin of the round
/// @param ended its end; null while it runs
/// @param reached the last artifact that was hashed or passed over; null before the first one
/// @param artifacts the number of artifacts that were hashed
/// @param bytes their length together
/// @param damaged the number of damaged ones
public record ScrubPosition(
    Instant begun,
    @Nullable Instant ended,
    @Nullable Sha256 reached,
    long artifacts,
    long bytes,
    long damaged) {
  private static final String NONE = "-";

  /// Returns the begin of a round.
  static ScrubPosition begin(Instant now) {
    return new ScrubPosition(now, null, null, 0, 0, 0);
  }

  /// Returns this round after one more artifact.
  ScrubPosition after(Sha256 cksum, long length, boolean sound) {
    return new ScrubPosition(
        begun, null, cksum, artifacts + 1, bytes + length, damaged + (sound ? 0 : 1));
  }

  /// Returns this round after an artifact that the store does not give now.
  ScrubPosition passedOver(Sha256 cksum) {
    return new ScrubPosition(begun, null, cksum, artifacts, bytes, damaged);
  }

  /// Returns this round at its end.
  ScrubPosition end(Instant now) {
    return new ScrubPosition(begun, now, reached, artifacts, bytes, damaged);
  }

  /// Returns the stored form.
  String text() {
    return "%s %s %s %d %d %d"
        .formatted(
            begun,
            ended == null ? NONE : ended,
            reached == null ? NONE : reached,
            artifacts,
            bytes,
            damaged);
  }

  /// Reads the stored form, or returns empty if it has another one.
  static Optional<ScrubPosition> parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 6) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ScrubPosition(
              Instant.parse(parts[0]),
              parts[1].equals(NONE) ? null : Instant.parse(parts[1]),
              parts[2].equals(NONE) ? null : Sha256.parse(parts[2]),
              Long.parseLong(parts[3]),
              Long.parseLong(parts[4]),
              Long.parseLong(parts[5])));
    } catch (DateTimeException | NumberFormatException | MalformedException _) {
      return Optional.empty();
    }
  }
}
