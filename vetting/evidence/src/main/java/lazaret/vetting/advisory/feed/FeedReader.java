package lazaret.vetting.advisory.feed;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import org.jspecify.annotations.Nullable;

/// A reader of a whole feed from one file: a `.zip` or `.tar.gz` of records, a single OSV record,
/// or a local list. A record that cannot be read is counted and omitted. The feed is refused as a
/// whole if too many are omitted or none is left. Used once, not thread-safe.
public final class FeedReader {
  /// The maximum size of a file, in bytes; the public dumps have less than 5 million.
  public static final int MAX_BYTES = 128 << 20;

  /// The maximum size of a record, in bytes; longer ones are omitted and counted.
  public static final int MAX_RECORD = 1 << 20;

  /// The maximum number of records in a feed.
  public static final int MAX_RECORDS = 200_000;

  /// The maximum number of faults that are kept.
  public static final int MAX_COMPLAINTS = 20;

  /// One record in this number may be unreadable.
  private static final int ONE_BAD_IN = 20;

  /// The number of records that may be unreadable in any feed.
  private static final int ALWAYS_ALLOWED_BAD = 3;

  private final FeedSource source;
  private final FeedFormat format;
  private final Map<String, RecordOutcome.Accepted> records = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private int bad;

  private FeedReader(FeedSource source, FeedFormat format) {
    this.source = source;
    this.format = format;
  }

  /// Reads a feed.
  ///
  /// @param source name, format, origin and time of the feed
  /// @param file a zip or gzip-compressed tar archive of `RUSTSEC-*.md` or `*.json` files, one OSV
  ///   record, or a local list in TOML
  /// @throws lazaret.vetting.MalformedException if the feed's name is invalid
  public static FeedOutcome read(FeedSource source, Bytes file) {
    if (file.length() > MAX_BYTES) {
      return new FeedOutcome.Refused(
          "expected at most %d bytes, found %d".formatted(MAX_BYTES, file.length()));
    }
    try {
      if (!FeedArchive.isArchive(file)) {
        return single(source, file);
      }
      FeedFormat format = source.format() == null ? FeedArchive.formatOf(file) : source.format();
      if (format == null) {
        return new FeedOutcome.Refused(
            "expected an archive with RustSec's crates/*/RUSTSEC-*.md or OSV's *.json, found neither");
      }
      if (format == FeedFormat.LOCAL) {
        return new FeedOutcome.Refused("expected a local feed as one TOML file, found an archive");
      }
      var reader = new FeedReader(source, format);
      FeedArchive.files(file, reader::add);
      return reader.outcome();
    } catch (IOException e) {
      String reason = e.getMessage() == null ? "it ends too early" : e.getMessage();
      return new FeedOutcome.Refused("cannot unpack the archive: " + Excerpt.of(reason));
    }
  }

  private static FeedOutcome single(FeedSource source, Bytes file) throws IOException {
    boolean json = file.text().stripLeading().startsWith("{");
    FeedFormat format =
        source.format() != null ? source.format() : json ? FeedFormat.OSV : FeedFormat.LOCAL;
    return switch (format) {
      case LOCAL -> LocalFeedReader.read(source, file);
      case OSV, RUSTSEC -> {
        var reader = new FeedReader(source, format);
        reader.add(format == FeedFormat.OSV ? "record.json" : "crates/it/record.md", file);
        yield reader.outcome();
      }
    };
  }

  private void add(String path, @Nullable Bytes document) throws IOException {
    if (!FeedArchive.belongs(path, format)) {
      return;
    }
    if (records.size() + bad >= MAX_RECORDS) {
      throw new IOException("expected at most " + MAX_RECORDS + " records, found more");
    }
    RecordOutcome outcome =
        document == null || document.length() > MAX_RECORD
            ? new RecordOutcome.Malformed("expected at most " + MAX_RECORD + " bytes, found more")
            : format == FeedFormat.RUSTSEC
                ? RustSecReader.read(source.name(), document)
                : OsvReader.read(source.name(), document);
    switch (outcome) {
      case RecordOutcome.Accepted taken -> records.merge(taken.id(), taken, FeedReader::newer);
      case RecordOutcome.OtherEcosystem _ -> {}
      case RecordOutcome.Malformed(String why) -> {
        bad++;
        if (complaints.size() < MAX_COMPLAINTS) {
          complaints.add("left out %s: %s".formatted(Excerpt.of(path), why));
        }
      }
    }
  }

  /// Returns the record that was changed last of two with one id (OSV schema 1.7, *modified*). If
  /// the order is unknown, the result contains the advisories of both.
  private static RecordOutcome.Accepted newer(
      RecordOutcome.Accepted one, RecordOutcome.Accepted other) {
    Instant first = one.modified();
    Instant second = other.modified();
    if (first != null && second != null && !first.equals(second)) {
      return first.isAfter(second) ? one : other;
    }
    List<Advisory> both = new ArrayList<>(one.advisories());
    other.advisories().stream().filter(a -> !both.contains(a)).forEach(both::add);
    return new RecordOutcome.Accepted(one.id(), first == null ? second : first, both);
  }

  private FeedOutcome outcome() {
    if (bad > Math.max(ALWAYS_ALLOWED_BAD, (records.size() + bad) / ONE_BAD_IN)) {
      return new FeedOutcome.Refused(
          "%d of %d records cannot be read; the first: %s"
              .formatted(bad, records.size() + bad, complaints.getFirst()));
    }
    List<Advisory> all = records.values().stream().flatMap(r -> r.advisories().stream()).toList();
    if (all.isEmpty()) {
      return new FeedOutcome.Refused(
          "expected records about crates in the form '" + format.code() + "', found none");
    }
    return new FeedOutcome.Read(new Feed(info(source, format, all, bad), all), complaints);
  }

  static FeedInfo info(FeedSource source, FeedFormat format, List<Advisory> all, int skipped) {
    @Nullable LocalDate newest =
        all.stream()
            .map(Advisory::date)
            .filter(Objects::nonNull)
            .max(LocalDate::compareTo)
            .orElse(null);
    return new FeedInfo(
        source.name(),
        format,
        Excerpt.of(source.origin()),
        source.asOf(),
        newest,
        all.size(),
        skipped);
  }
}
