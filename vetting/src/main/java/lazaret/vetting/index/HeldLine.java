package lazaret.vetting.index;

import java.time.Instant;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// One version as the gate holds it: upstream's line and what became of it since it was first seen.
///
/// @param entry upstream's line of now; where it is gone or names another SHA-256, the line last
///   held
/// @param unyanked the raw line from before upstream yanked it; null unless [#yankedSince] is set
/// @param firstSeen when the gate first saw the version
/// @param ageFloor our fetch before the one that brought this line, where the file was already
///   held: the version did not exist then, whatever its `pubtime` claims; null where the line came
///   with the first fetch of the file
/// @param yankedSince when the gate saw upstream yank a version that it held as not yanked; null
///   where that has not happened or was taken back
/// @param goneSince when a second request or a person confirmed that upstream no longer lists the
///   line; null while it does
/// @param changedCksum another SHA-256 that upstream names now for this version; null where it
///   agrees
/// @param missingSince when an answer of upstream first lacked the line, as long as that is not
///   confirmed; null while upstream lists it and once it is gone
/// @param refused the line that upstream sends in place of this one under the same SHA-256; null
///   where it agrees
public record HeldLine(
    IndexEntry entry,
    @Nullable Bytes unyanked,
    Instant firstSeen,
    @Nullable Instant ageFloor,
    @Nullable Instant yankedSince,
    @Nullable Instant goneSince,
    @Nullable Sha256 changedCksum,
    @Nullable Instant missingSince,
    @Nullable RefusedLine refused) {

  /// A line that upstream has not stopped to list since.
  public HeldLine(
      IndexEntry entry,
      @Nullable Bytes unyanked,
      Instant firstSeen,
      @Nullable Instant ageFloor,
      @Nullable Instant yankedSince,
      @Nullable Instant goneSince,
      @Nullable Sha256 changedCksum) {
    this(entry, unyanked, firstSeen, ageFloor, yankedSince, goneSince, changedCksum, null, null);
  }

  /// A line that has just been seen for the first time.
  ///
  /// @param ageFloor as the component of that name
  public static HeldLine first(IndexEntry entry, Instant now, @Nullable Instant ageFloor) {
    return new HeldLine(entry, null, now, ageFloor, null, null, null);
  }

  /// Returns this line as one that upstream may have stopped to list.
  ///
  /// @param since when an answer first lacked it; null if none did
  public HeldLine missing(@Nullable Instant since) {
    return Objects.equals(since, missingSince)
        ? this
        : new HeldLine(
            entry,
            unyanked,
            firstSeen,
            ageFloor,
            yankedSince,
            goneSince,
            changedCksum,
            since,
            refused);
  }

  /// Returns this line as one that is gone upstream.
  ///
  /// @param since when that was confirmed; null if upstream lists it
  public HeldLine gone(@Nullable Instant since) {
    return new HeldLine(
        entry, unyanked, firstSeen, ageFloor, yankedSince, since, changedCksum, null, refused);
  }

  /// Returns whether the moments from which the age counts were taken from a clock that was ahead.
  public boolean aheadOf(Instant now) {
    return firstSeen.isAfter(now) || (ageFloor != null && ageFloor.isAfter(now));
  }

  /// Returns this line without moments of its age that are later than now: they were taken from a
  /// clock that was ahead, and the age counts from now.
  public HeldLine seenBy(Instant now) {
    Instant floor = ageFloor;
    return aheadOf(now)
        ? new HeldLine(
            entry,
            unyanked,
            firstSeen.isAfter(now) ? now : firstSeen,
            floor != null && floor.isAfter(now) ? now : floor,
            yankedSince,
            goneSince,
            changedCksum,
            missingSince,
            refused)
        : this;
  }

  /// Returns the moment from which the version's age counts: the later of `pubtime` and
  /// [#ageFloor], since a publish time can be forged but our own earlier fetch cannot; where the
  /// line has no `pubtime`, the moment it was first seen.
  public Instant ageFrom() {
    Instant published = entry.pubtime();
    if (published == null) {
      return firstSeen;
    }
    return ageFloor != null && ageFloor.isAfter(published) ? ageFloor : published;
  }

  /// Returns the raw line from before a yank that the gate watched; else upstream's raw line.
  public Bytes lineBeforeYank() {
    return unyanked != null ? unyanked : entry.raw();
  }
}
