package lazaret.bundle.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.Sha256;

/// The changes of a feed. A record is known by the SHA-256 of its line, and a feed by that of the
/// sorted ones of its records: the order of records has no meaning.
///
/// @param header the header of the feed after the changes, whose digest is that of [#digest]
/// @param added the new records and the changed ones, by the SHA-256 of their lines
/// @param removed the SHA-256 of lines that the feed does not have any more
public record FeedChanges(
    FeedHeader header, SortedMap<Sha256, Advisory> added, Set<Sha256> removed) {
  private static final byte[] BREAK = {'\n'};

  /// Returns the changes from a state of a feed.
  ///
  /// @param before the SHA-256 of the lines of the state; empty for the whole feed
  public static FeedChanges since(Set<Sha256> before, Feed now) {
    SortedMap<Sha256, Advisory> records = records(now);
    SortedMap<Sha256, Advisory> added = new TreeMap<>(records);
    added.keySet().removeAll(before);
    Set<Sha256> removed = new TreeSet<>(before);
    removed.removeAll(records.keySet());
    return new FeedChanges(new FeedHeader(now.info(), digest(records.keySet())), added, removed);
  }

  /// Returns the records of a feed by the SHA-256 of their lines.
  public static SortedMap<Sha256, Advisory> records(Feed feed) {
    SortedMap<Sha256, Advisory> records = new TreeMap<>();
    feed.advisories().forEach(record -> records.put(Sha256.of(line(feed.info(), record)), record));
    return records;
  }

  /// Returns the line of a record. The line of a record without a date has the time of its feed,
  /// which changes with each fetch, so that a fixed one takes its place.
  static Bytes line(FeedInfo feed, Advisory record) {
    return CanonicalJson.document(OsvRecordLine.of(feed.confirmedAt(Instant.EPOCH), record));
  }

  /// Returns the digest of the records of a feed.
  public static Sha256 digest(Collection<Sha256> lines) {
    var hasher = new Sha256.Hasher();
    for (Sha256 line : new TreeSet<>(lines)) {
      byte[] hex = Bytes.utf8(line.hex()).array();
      hasher.update(hex, 0, hex.length);
      hasher.update(BREAK, 0, BREAK.length);
    }
    return hasher.finish();
  }

  /// Applies the changes.
  ///
  /// @param before the records that the feed has, by the SHA-256 of their lines; empty for none
  /// @return the feed after the changes; the caller compares its digest with the header
  public Feed applied(Map<Sha256, Advisory> before) {
    SortedMap<Sha256, Advisory> records = new TreeMap<>(before);
    records.keySet().removeAll(removed);
    records.putAll(added);
    List<Advisory> all = new ArrayList<>(records.values());
    return new Feed(header.info(), all);
  }
}
