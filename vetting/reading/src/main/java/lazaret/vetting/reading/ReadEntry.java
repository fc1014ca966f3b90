package lazaret.vetting.reading;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.review.ContentRole;
import org.jspecify.annotations.Nullable;

/// The lines that a person read in one role: of a content itself, or of its difference to another
/// content.
///
/// @param role the role in which it was read
/// @param at the time of the last change
/// @param base the content with which it was compared; null if the content itself was read
/// @param whole whether all of it was read: all lines of the content, or all changed lines of the
///   difference
/// @param after the lines of the content that were read
/// @param before the lines of the base that were read
record ReadEntry(
    ContentRole role,
    Instant at,
    @Nullable ReadBase base,
    boolean whole,
    List<LineRange> after,
    List<LineRange> before) {
  ReadEntry {
    after = List.copyOf(after);
    before = List.copyOf(before);
  }

  static ReadEntry of(
      ContentRole role, Instant at, @Nullable ReadBase base, boolean whole, ReadLines lines) {
    return new ReadEntry(role, at, base, whole, lines.after().ranges(), lines.before().ranges());
  }

  ReadLines lines() {
    return new ReadLines(new LineRangeSet(after), new LineRangeSet(before));
  }

  /// Returns whether this entry counts for a role: its own is the same or a more dangerous one.
  boolean countsFor(ContentRole wanted) {
    return role.compareTo(wanted) <= 0;
  }

  /// Returns whether this entry is about the difference to a content, or about the content itself
  /// if that is null.
  boolean isAgainst(@Nullable Sha256 content) {
    return Objects.equals(base == null ? null : base.content(), content);
  }
}
