package lazaret.bundle.format;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.crates.Sha256;

/// The table `advisories.ndjson.gz`: the records of all feeds, one OSV record on each line. Feeds
/// come in the order of the bundle statement.
public final class AdvisoryTable {
  private static final int MOST_LINE = 4 * FeedReader.MAX_RECORD;
  private static final byte[] BREAK = {'\n'};

  private AdvisoryTable() {}

  /// Writes feeds.
  ///
  /// @return the headers of the feeds for the bundle statement, in their order
  /// @throws IOException if the stream throws it
  public static List<FeedHeader> write(TableLineWriter out, List<Feed> feeds) throws IOException {
    List<FeedHeader> headers = new ArrayList<>();
    for (Feed feed : feeds) {
      var hasher = new Sha256.Hasher();
      for (Advisory advisory : feed.advisories()) {
        Bytes line = CanonicalJson.document(OsvRecordLine.of(feed.info(), advisory));
        add(hasher, line);
        out.line(line);
      }
      headers.add(new FeedHeader(feed.info(), hasher.finish()));
    }
    return headers;
  }

  private static void add(Sha256.Hasher hasher, Bytes line) {
    hasher.update(line.array(), 0, line.length());
    hasher.update(BREAK, 0, BREAK.length);
  }

  /// Reads feeds. All records are kept in memory.
  ///
  /// @param in the table, which stays open
  /// @param headers the headers of the feeds in the bundle statement
  /// @return the feeds in the order of the headers
  /// @throws BundleException `table-malformed` if a line is not a record, or the records differ
  ///   from those of the headers; `limit-exceeded`
  /// @throws IOException if the stream throws it
  public static List<Feed> read(TableLineReader in, List<FeedHeader> headers) throws IOException {
    Map<String, List<Advisory>> records = new LinkedHashMap<>();
    Map<String, Sha256.Hasher> hashers = new LinkedHashMap<>();
    for (FeedHeader header : headers) {
      records.put(header.info().name(), new ArrayList<>());
      hashers.put(header.info().name(), new Sha256.Hasher());
    }
    for (Optional<Bytes> line = in.line(MOST_LINE); line.isPresent(); line = in.line(MOST_LINE)) {
      Advisory advisory = advisory(line.get());
      List<Advisory> feed = records.get(advisory.feed());
      Sha256.Hasher hasher = hashers.get(advisory.feed());
      if (feed == null || hasher == null) {
        throw malformed("a record of a feed that the bundle does not name", null);
      }
      if (feed.size() == FeedReader.MAX_RECORDS) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read advisories.ndjson.gz: more than %d records of one feed"
                .formatted(FeedReader.MAX_RECORDS));
      }
      feed.add(advisory);
      add(hasher, line.get());
    }
    List<Feed> feeds = new ArrayList<>();
    for (FeedHeader header : headers) {
      String name = header.info().name();
      List<Advisory> advisories = records.getOrDefault(name, List.of());
      Sha256.Hasher hasher = hashers.get(name);
      if (hasher == null || !hasher.finish().equals(header.digest())) {
        throw malformed("the records of the feed '" + name + "' are not the signed ones", null);
      }
      feeds.add(new Feed(header.info(), advisories));
    }
    return feeds;
  }

  private static Advisory advisory(Bytes line) {
    try {
      return OsvRecordLine.read(JsonFields.of(JsonTreeReader.read(line, "a record"), "a record"));
    } catch (LazaretException
        | IllegalArgumentException
        | DateTimeException
        | NoSuchElementException e) {
      throw malformed(String.valueOf(e.getMessage()), e);
    }
  }

  private static BundleException malformed(
      String found, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED, "cannot read advisories.ndjson.gz: " + found, cause);
  }
}
