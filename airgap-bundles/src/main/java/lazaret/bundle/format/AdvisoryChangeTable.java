package lazaret.bundle.format;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The table `advisory-changes.ndjson.gz`, with the changes of each feed in the order of the
/// statement. The new and changed records come first, one OSV record on each line, then a line
/// `{"feed","removed"}` for each record that it does not have any more. Both are in the order of
/// the SHA-256 of the lines of records.
public final class AdvisoryChangeTable {
  private static final int MOST_LINE = 4 * FeedReader.MAX_RECORD;
  private static final String REMOVED = "removed";

  private AdvisoryChangeTable() {}

  /// Writes the changes of feeds.
  ///
  /// @throws IOException if the stream throws it
  public static void write(TableLineWriter out, List<FeedChanges> feeds) throws IOException {
    for (FeedChanges feed : feeds) {
      for (Advisory record : feed.added().values()) {
        out.line(FeedChanges.line(feed.header().info(), record));
      }
      for (Sha256 removed : new TreeSet<>(feed.removed())) {
        out.line(
            CanonicalJson.document(
                new JsonValue.Fields(
                    Map.of(
                        "feed",
                        new JsonValue.Text(feed.header().info().name()),
                        REMOVED,
                        new JsonValue.Text(removed.hex())))));
      }
    }
  }

  /// The changes of one feed while they are read.
  private record Changes(SortedMap<Sha256, Advisory> added, Set<Sha256> removed) {}

  /// Reads the changes of feeds. All records are kept in memory.
  ///
  /// @param in the table, which stays open
  /// @param headers the headers of the feeds in the statement
  /// @throws BundleException `table-malformed`, `limit-exceeded`
  /// @throws IOException if the stream throws it
  public static List<FeedChanges> read(TableLineReader in, List<FeedHeader> headers)
      throws IOException {
    Map<String, Changes> changes = new LinkedHashMap<>();
    headers.forEach(
        header -> changes.put(header.info().name(), new Changes(new TreeMap<>(), new TreeSet<>())));
    for (Optional<Bytes> line = in.line(MOST_LINE); line.isPresent(); line = in.line(MOST_LINE)) {
      add(line.get(), changes);
    }
    List<FeedChanges> feeds = new ArrayList<>();
    for (FeedHeader header : headers) {
      Changes found = changes.get(header.info().name());
      if (found != null) {
        feeds.add(new FeedChanges(header, found.added(), found.removed()));
      }
    }
    return feeds;
  }

  private static void add(Bytes line, Map<String, Changes> changes) {
    try {
      JsonFields fields = JsonFields.of(JsonTreeReader.read(line, "a record"), "a record");
      boolean removal = fields.fields().containsKey(REMOVED);
      String name = removal ? fields.text("feed") : OsvRecordLine.feed(fields);
      Changes feed = changes.get(name);
      if (feed == null) {
        throw malformed("a record of a feed that the bundle does not name", null);
      }
      if (feed.added().size() + feed.removed().size() >= 2 * FeedReader.MAX_RECORDS) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read advisory-changes.ndjson.gz: too many changes of one feed");
      }
      if (removal) {
        feed.removed().add(Sha256.parse(fields.text(REMOVED)));
      } else {
        feed.added().put(Sha256.of(line), OsvRecordLine.read(fields));
      }
    } catch (BundleException e) {
      throw e;
    } catch (LazaretException
        | IllegalArgumentException
        | DateTimeException
        | NoSuchElementException e) {
      throw malformed(String.valueOf(e.getMessage()), e);
    }
  }

  private static BundleException malformed(String found, @Nullable Throwable cause) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED, "cannot read advisory-changes.ndjson.gz: " + found, cause);
  }
}
