package lazaret.storage.objects;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// The last acknowledged write of a cluster as one node knows it, stored as an object. A database
/// that was set back shows by it. The counter is in the key, so that an upload that arrives late
/// does not hide a newer head.
///
/// The object is one line: the fields in the order below after the word `lazaret-head-1`, then the
/// SHA-256 of the text before it, each after a space.
///
/// @param counter the decision counter of the write
/// @param losses the number of losses that persons had accepted by then
/// @param batch the identity of the write
/// @param sequence the sequence of the last ledger entry; 0 if there is none
/// @param hash the hash of that entry
/// @param at the time of the acknowledgment, in milliseconds
/// @param systemIdentifier the system identifier of the database
/// @param timeline the timeline of the database
public record ObjectHead(
    long counter,
    int losses,
    UUID batch,
    long sequence,
    Sha256 hash,
    Instant at,
    long systemIdentifier,
    int timeline) {
  /// The beginning of the keys of all heads.
  public static final String HEADS = "heads/";

  /// The largest object with a head, in bytes.
  public static final int MOST_BYTES = 1_000;

  private static final String FORM = "lazaret-head-1";
  private static final Pattern LINE =
      Pattern.compile(
          FORM
              + " (?<counter>[0-9]{1,18}) (?<losses>[0-9]{1,9}) (?<batch>[0-9a-f-]{36})"
              + " (?<sequence>[0-9]{1,18}) (?<hash>[0-9a-f]{64}) (?<at>-?[0-9]{1,15})"
              + " (?<system>-?[0-9]{1,19}) (?<timeline>[0-9]{1,9})");
  private static final Pattern KEY =
      Pattern.compile(HEADS + "(?<cluster>[^/]+)/(?<node>[^/]+)/(?<counter>[0-9]{20})");

  /// The place of a head.
  ///
  /// @param cluster the id of the cluster
  /// @param node the name of the node
  /// @param counter the decision counter
  public record Place(String cluster, String node, long counter) {
    /// Returns the key.
    ///
    /// @throws IllegalArgumentException if the name of the node cannot be part of a key
    public ObjectKey key() {
      return new ObjectKey(HEADS + cluster + '/' + node + "/%020d".formatted(counter));
    }
  }

  /// Returns the beginning of the keys of the heads of a cluster.
  public static String beginning(UUID cluster) {
    return HEADS + cluster + '/';
  }

  /// Reads the place of a head from its key.
  ///
  /// @throws MalformedException if it is the key of something else
  public static Place place(ObjectKey key) {
    Matcher parts = KEY.matcher(key.name());
    if (!parts.matches()) {
      throw new MalformedException(
          "cannot read the key '" + key + "': expected the key of a head, found another");
    }
    return new Place(
        parts.group("cluster"), parts.group("node"), number(parts.group("counter"), key.name()));
  }

  /// Returns whether this is the head of a later write than another one. After a person accepted a
  /// loss, counters of lost writes can come again.
  public boolean follows(ObjectHead other) {
    return losses == other.losses ? counter > other.counter : losses > other.losses;
  }

  /// Returns the bytes of the object.
  public Bytes encode() {
    String text =
        "%s %d %d %s %d %s %d %d %d"
            .formatted(
                FORM,
                counter,
                losses,
                batch,
                sequence,
                hash,
                at.toEpochMilli(),
                systemIdentifier,
                timeline);
    return Bytes.utf8(text + ' ' + Sha256.of(Bytes.utf8(text)) + '\n');
  }

  /// Reads the bytes of an object.
  ///
  /// @throws MalformedException if they were not written by [#encode], or were changed or cut
  public static ObjectHead decode(Bytes bytes) {
    String line = bytes.text();
    int end = line.lastIndexOf(' ');
    String text = end < 0 ? "" : line.substring(0, end);
    Matcher fields = LINE.matcher(text);
    if (bytes.length() > MOST_BYTES
        || !fields.matches()
        || !line.equals(text + ' ' + Sha256.of(Bytes.utf8(text)) + '\n')) {
      throw new MalformedException(
          "cannot read a head '" + Excerpt.of(line) + "': expected a line with its sha-256");
    }
    try {
      return new ObjectHead(
          Long.parseLong(fields.group("counter")),
          Integer.parseInt(fields.group("losses")),
          UUID.fromString(fields.group("batch")),
          Long.parseLong(fields.group("sequence")),
          Sha256.parse(fields.group("hash")),
          Instant.ofEpochMilli(Long.parseLong(fields.group("at"))),
          number(fields.group("system"), text),
          Integer.parseInt(fields.group("timeline")));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("cannot read a head '" + Excerpt.of(line) + "': " + e);
    }
  }

  private static long number(String digits, String where) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      throw new MalformedException(
          "cannot read '"
              + Excerpt.of(where)
              + "': expected a number of 64 bits, found "
              + digits
              + "; look for other programs that write there");
    }
  }
}
