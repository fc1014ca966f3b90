package lazaret.vetting.index;

import java.time.Instant;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// One stored version: upstream's index line and its changes since it was first seen.
///
/// @param entry current line of upstream; the last stored one if the line is gone or names another
///   SHA-256
/// @param unyanked raw line from before upstream yanked it; null unless [#yankedSince] is set
/// @param firstSeen time at which the gate first saw the version
/// @param ageFloor time of the fetch before the one that brought this line. The version did not
///   exist then, whatever its `pubtime` says. Null if the line came with the first fetch of the
///   file
/// @param yankedSince time at which the gate saw upstream yank the stored version; null if it did
///   not, or if upstream undid the yank
/// @param removedSince time at which a second request or a person confirmed that upstream no longer
///   lists the line; null while it does
/// @param changedCksum different SHA-256 that upstream now lists for this version; null if it
///   agrees
/// @param missingSince time of the first response of upstream that lacked the line, while the
///   removal is not confirmed; null while upstream lists it and after it is confirmed as gone
/// @param refused line that upstream sends instead of this one under the same SHA-256; null if it
///   agrees
public record StoredLine(
    IndexEntry entry,
    @Nullable Bytes unyanked,
    Instant firstSeen,
    @Nullable Instant ageFloor,
    @Nullable Instant yankedSince,
    @Nullable Instant removedSince,
    @Nullable Sha256 changedCksum,
    @Nullable Instant missingSince,
    @Nullable RefusedLine refused) {

  /// Creates a line without [#missingSince] and [#refused].
  public StoredLine(
      IndexEntry entry,
      @Nullable Bytes unyanked,
      Instant firstSeen,
      @Nullable Instant ageFloor,
      @Nullable Instant yankedSince,
      @Nullable Instant goneSince,
      @Nullable Sha256 changedCksum) {
    this(entry, unyanked, firstSeen, ageFloor, yankedSince, goneSince, changedCksum, null, null);
  }

  /// Returns a line that is seen for the first time.
  ///
  /// @param ageFloor as the component of that name
  public static StoredLine first(IndexEntry entry, Instant now, @Nullable Instant ageFloor) {
    return new StoredLine(entry, null, now, ageFloor, null, null, null);
  }

  /// Returns this line with another time of the first response that lacked it.
  ///
  /// @param since time of the first response that lacked the line; null if none did
  public StoredLine missing(@Nullable Instant since) {
    return Objects.equals(since, missingSince)
        ? this
        : new StoredLine(
            entry,
            unyanked,
            firstSeen,
            ageFloor,
            yankedSince,
            removedSince,
            changedCksum,
            since,
            refused);
  }

  /// Returns this line with another confirmation of its removal upstream.
  ///
  /// @param since time at which the removal was confirmed; null if upstream lists the line
  public StoredLine removed(@Nullable Instant since) {
    return new StoredLine(
        entry, unyanked, firstSeen, ageFloor, yankedSince, since, changedCksum, null, refused);
  }

  /// Returns whether a time from which the age counts is later than now, because a clock was ahead.
  public boolean aheadOf(Instant now) {
    return firstSeen.isAfter(now) || (ageFloor != null && ageFloor.isAfter(now));
  }

  /// Returns this line with the times of its age limited to now. Later times came from a clock that
  /// was ahead, and the age then counts from now.
  public StoredLine seenBy(Instant now) {
    Instant floor = ageFloor;
    return aheadOf(now)
        ? new StoredLine(
            entry,
            unyanked,
            firstSeen.isAfter(now) ? now : firstSeen,
            floor != null && floor.isAfter(now) ? now : floor,
            yankedSince,
            removedSince,
            changedCksum,
            missingSince,
            refused)
        : this;
  }

  /// Returns the time from which the version's age counts: the later of `pubtime` and [#ageFloor],
  /// or [#firstSeen] without a `pubtime`. A publish time can be forged, the time of our own earlier
  /// fetch cannot.
  public Instant ageFrom() {
    Instant published = entry.pubtime();
    if (published == null) {
      return firstSeen;
    }
    return ageFloor != null && ageFloor.isAfter(published) ? ageFloor : published;
  }

  /// Returns the raw line from before a yank that the gate saw, or upstream's raw line if there was
  /// none.
  public Bytes lineBeforeYank() {
    return unyanked != null ? unyanked : entry.raw();
  }
}
