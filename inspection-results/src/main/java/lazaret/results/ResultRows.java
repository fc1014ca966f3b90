package lazaret.results;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.inspect.Inspector;
import org.jspecify.annotations.Nullable;

/// The rows of signed results. Those that were received wait by the SHA-256 of their archive until
/// it is admitted; then a small row names the source of its findings. Thread-safe; blocks.
final class ResultRows {
  private static final String WAITING = "waiting/";
  private static final String USED = "used/";
  private static final String SOURCE = "source/";
  private static final String REVOKED_KEY = "revoked-key/";
  private static final String REVOKED_ARCHIVE = "revoked-archive/";
  private static final String UNPUBLISHED_KEY = "unpublished-key/";
  private static final String UNPUBLISHED_ARCHIVE = "unpublished-archive/";
  private static final String PUBLISHED = "published/";
  private static final String FEED = "feed/";
  private static final String FEED_HEAD = "feed-head";

  /// The length of a SHA-256 in a key.
  private static final int HEX = 64;

  private final Store store;

  ResultRows(Store store) {
    this.store = store;
  }

  /// The origin of a result.
  ///
  /// @param name the name of the feed, or the file that was imported
  /// @param key the id of the key that signed it
  /// @param inspector the version of the inspector
  /// @param indicators the digest of the indicators that were searched
  /// @param at the time of the signature
  /// @param sequence the number of its batch in the feed; 0 outside of a feed
  record Source(
      String name, Sha256 key, int inspector, Sha256 indicators, Instant at, long sequence) {}

  /// A result that waits for its archive.
  record Waiting(Source source, InspectionResult result) {}

  /// A version whose findings in the store came from a source.
  record Used(Source source, CrateId id) {}

  /// The state of a feed that is received.
  ///
  /// @param sequence the number of the last line
  /// @param indicators the indicators for which lines were confirmed last; null if none were
  /// @param confirms the number up to which they were
  /// @param content the digest of the content of the last line; null before the first one
  record Position(
      long sequence, @Nullable Sha256 indicators, long confirms, @Nullable Sha256 content) {
    static final Position NONE = new Position(0, null, 0, null);
  }

  /// A revocation in force.
  ///
  /// @param by the person here, or the name of the source
  /// @param line the line of the source; null if this gate revoked, which is final
  record Revocation(Instant at, String by, String reason, @Nullable RevocationLine line) {
    /// Returns a revocation by a person here, or by this gate.
    static Revocation here(Instant at, String by, String reason) {
      return new Revocation(at, by, reason, null);
    }

    /// Returns the revocation of a source.
    ///
    /// @param now the present time
    static Revocation of(String source, ResultRevocation read, Instant now) {
      return new Revocation(
          read.at(), source, read.reason(), new RevocationLine(read.sequence(), now, null));
    }

    /// Returns whether a result is a later one of the source that revoked. The feed decides on the
    /// order. Results outside of a feed are later if they were signed after the revocation, and
    /// after it arrived here.
    boolean isBefore(Source result) {
      if (line == null || !by.equals(result.name())) {
        return false;
      }
      if (line.sequence() > 0) {
        return result.sequence() > line.sequence();
      }
      return result.sequence() == 0
          && result.at().isAfter(at)
          && result.at().isAfter(line.received());
    }

    /// Returns the revocation after a later result of the source arrived here.
    Revocation supersededAt(Instant now) {
      return line == null
          ? this
          : new Revocation(
              at, by, reason, new RevocationLine(line.sequence(), line.received(), now));
    }

    /// Returns whether a later result of the source arrived here.
    boolean isSuperseded() {
      return line != null && line.superseded() != null;
    }

    /// Returns whether this is a line of a feed that is received again, at or before the one that
    /// is stored.
    boolean isRepeated(Revocation stored) {
      return line != null
          && stored.line() != null
          && line.sequence() > 0
          && line.sequence() <= stored.line().sequence()
          && !at.isAfter(stored.at());
    }
  }

  /// The line by which a source revoked.
  ///
  /// @param sequence its number in the feed; 0 outside of a feed
  /// @param received the time at which it arrived here
  /// @param superseded the time at which a later result of the source arrived here; null before
  record RevocationLine(long sequence, Instant received, @Nullable Instant superseded) {}

  /// The state of the feed that this gate publishes.
  ///
  /// @param sequence the number of the last line
  /// @param indicators the indicators for which all lines hold; null if some are of others
  /// @param key the id of the key that signed all lines; null if it is not known
  record FeedHead(long sequence, @Nullable Sha256 indicators, @Nullable Sha256 key) {
    static final FeedHead NONE = new FeedHead(0, null, null);
  }

  /// The last publication of the result of an archive.
  ///
  /// @param findings the digest of the findings
  /// @param at the time of the signature; null in a row of an earlier build
  record Published(Sha256 findings, @Nullable Instant at) {}

  Optional<Waiting> waiting(Sha256 archive) {
    return find(WAITING + archive.hex(), Waiting.class);
  }

  Write putWaiting(Waiting row) {
    return put(WAITING + row.result().id().cksum().hex(), row);
  }

  Write dropWaiting(Sha256 archive) {
    return drop(WAITING + archive.hex());
  }

  /// Gives each waiting result to an action, in no certain order.
  void eachWaiting(Consumer<Waiting> action) {
    each(WAITING, Waiting.class, action);
  }

  Optional<Used> used(Sha256 archive) {
    return find(USED + archive.hex(), Used.class);
  }

  Write putUsed(Used row) {
    return put(USED + row.id().cksum().hex(), row);
  }

  Write dropUsed(Sha256 archive) {
    return drop(USED + archive.hex());
  }

  /// Gives each used result to an action.
  void eachUsed(Consumer<Used> action) {
    each(USED, Used.class, action);
  }

  /// Returns the state of a feed for the inspector of this program. Another inspector begins at the
  /// first line, because it left out the results that are now of its version.
  Position position(String source) {
    return find(sourceKey(source), Position.class).orElse(Position.NONE);
  }

  Write putPosition(String source, Position position) {
    return put(sourceKey(source), position);
  }

  private static String sourceKey(String source) {
    return SOURCE + Inspector.VERSION + "/" + source;
  }

  Optional<Revocation> revokedKey(Sha256 key) {
    return find(REVOKED_KEY + key.hex(), Revocation.class);
  }

  Write putRevokedKey(Sha256 key, Revocation why) {
    return put(REVOKED_KEY + key.hex(), why);
  }

  /// Gives each revoked key to an action.
  void eachRevokedKey(BiConsumer<Sha256, Revocation> action) {
    eachRevoked(REVOKED_KEY, action);
  }

  /// Gives each revocation of an archive to an action. One archive may have several.
  void eachRevokedArchive(BiConsumer<Sha256, Revocation> action) {
    eachRevoked(REVOKED_ARCHIVE, action);
  }

  private void eachRevoked(String prefix, BiConsumer<Sha256, Revocation> action) {
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.RESULTS, prefix)) {
      rows.forEach(
          row ->
              action.accept(
                  Sha256.parse(row.key().substring(prefix.length(), prefix.length() + HEX)),
                  ResultJson.ROWS.decode(Revocation.class, row.value())));
    }
  }

  /// Returns whether an archive is revoked, and no later result superseded that.
  boolean isRevokedArchive(Sha256 archive) {
    return revocations(archive).stream().anyMatch(why -> !why.isSuperseded());
  }

  /// Returns whether a revocation of an archive covers the result of a source.
  boolean isRevoked(Sha256 archive, Source source) {
    return revocations(archive).stream().anyMatch(why -> !why.isBefore(source));
  }

  private List<Revocation> revocations(Sha256 archive) {
    try (Stream<DeskRow> found =
        store.deskRows().list(DeskTable.RESULTS, REVOKED_ARCHIVE + archive.hex())) {
      return found.map(row -> ResultJson.ROWS.decode(Revocation.class, row.value())).toList();
    }
  }

  /// Returns the last revocation of an archive by a source.
  Optional<Revocation> revokedArchive(Sha256 archive, String source) {
    return find(revokedArchiveKey(archive, source), Revocation.class);
  }

  Write putRevokedArchive(Sha256 archive, Revocation why) {
    return put(revokedArchiveKey(archive, why), why);
  }

  /// Returns the key of a revocation. Each source has its own, so that none replaces that of a
  /// person here.
  private static String revokedArchiveKey(Sha256 archive, Revocation why) {
    return why.line() == null
        ? REVOKED_ARCHIVE + archive.hex()
        : revokedArchiveKey(archive, why.by());
  }

  private static String revokedArchiveKey(Sha256 archive, String source) {
    return REVOKED_ARCHIVE + archive.hex() + "/" + source;
  }

  /// Returns the writes that note a revocation of this gate as missing in its feed.
  List<Write> putUnpublished(List<Sha256> keys, List<Sha256> archives, Revocation why) {
    return Stream.concat(
            keys.stream().map(id -> put(UNPUBLISHED_KEY + id.hex(), why)),
            archives.stream().map(id -> put(UNPUBLISHED_ARCHIVE + id.hex(), why)))
        .toList();
  }

  /// Returns the writes that note a revocation as published.
  List<Write> dropUnpublished(List<Sha256> keys, List<Sha256> archives) {
    return Stream.concat(
            keys.stream().map(id -> drop(UNPUBLISHED_KEY + id.hex())),
            archives.stream().map(id -> drop(UNPUBLISHED_ARCHIVE + id.hex())))
        .toList();
  }

  /// Gives each revoked key that is missing in the feed to an action.
  void eachUnpublishedKey(BiConsumer<Sha256, Revocation> action) {
    eachRevoked(UNPUBLISHED_KEY, action);
  }

  /// Gives each revoked archive that is missing in the feed to an action.
  void eachUnpublishedArchive(BiConsumer<Sha256, Revocation> action) {
    eachRevoked(UNPUBLISHED_ARCHIVE, action);
  }

  Optional<Published> published(Sha256 archive) {
    return find(PUBLISHED + archive.hex(), Published.class);
  }

  Write putPublished(Sha256 archive, Published row) {
    return put(PUBLISHED + archive.hex(), row);
  }

  Write dropPublished(Sha256 archive) {
    return drop(PUBLISHED + archive.hex());
  }

  FeedHead feedHead() {
    return find(FEED_HEAD, FeedHead.class).orElse(FeedHead.NONE);
  }

  /// Returns the writes that append a line to the published feed.
  List<Write> append(FeedHead head, Bytes line) {
    return List.of(putLine(head.sequence(), line), putFeedHead(head));
  }

  Write putLine(long sequence, Bytes line) {
    return new Write.PutDeskRow(new DeskRow(DeskTable.RESULTS, feedKey(sequence), line));
  }

  Write putFeedHead(FeedHead head) {
    return put(FEED_HEAD, head);
  }

  /// Returns a line of the published feed.
  Optional<Bytes> line(long sequence) {
    return store.deskRows().find(DeskTable.RESULTS, feedKey(sequence));
  }

  private static String feedKey(long sequence) {
    return FEED + "%016d".formatted(sequence);
  }

  private <T extends Record> Optional<T> find(String key, Class<T> type) {
    return store
        .deskRows()
        .find(DeskTable.RESULTS, key)
        .map(form -> ResultJson.ROWS.decode(type, form));
  }

  private <T extends Record> void each(String prefix, Class<T> type, Consumer<T> action) {
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.RESULTS, prefix)) {
      rows.forEach(row -> action.accept(ResultJson.ROWS.decode(type, row.value())));
    }
  }

  private static Write put(String key, Record value) {
    return new Write.PutDeskRow(new DeskRow(DeskTable.RESULTS, key, ResultJson.ROWS.encode(value)));
  }

  private static Write drop(String key) {
    return new Write.DropDeskRow(DeskTable.RESULTS, key);
  }
}
