package lazaret.storage.record;

import java.time.LocalDate;
import java.util.TreeSet;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.index.Validators;
import lazaret.vetting.inspect.Ioc;

/// The codec of a [StoredFeed] in the store. It stores parsed and compared advisories, because
/// parsing the records of a feed again at every start would delay the first response.
public final class FeedCodec {
  private static final int DATE_LENGTH = 10;

  private FeedCodec() {}

  /// Encodes a feed.
  public static byte[] encode(StoredFeed held) {
    FeedInfo info = held.feed().info();
    RecordWriter to =
        new RecordWriter(RecordFormat.FEED, 256 + 256 * held.feed().advisories().size())
            .maybe(held.validators().etag(), RecordWriter::text)
            .maybe(held.validators().lastModified(), RecordWriter::text)
            .text(info.name())
            .text(StoredWords.FEED_FORMAT.of(info.format()))
            .text(info.origin())
            .instant(info.asOf())
            .maybe(info.newest(), FeedCodec::date)
            .number(info.skipped())
            .number(held.feed().advisories().size());
    held.feed().advisories().forEach(advisory -> advisory(to, advisory));
    return to.finish();
  }

  private static void advisory(RecordWriter to, Advisory advisory) {
    to.text(advisory.id())
        .texts(advisory.aliases())
        .maybe(advisory.crate(), (w, crate) -> w.text(crate.published()))
        .text(StoredWords.ADVISORY_KIND.of(advisory.kind()))
        .text(StoredWords.SEVERITY.of(advisory.rating().severity()))
        .maybe(advisory.rating().score(), (w, score) -> w.number(Math.round(score * 10)))
        .maybe(advisory.rating().vector(), RecordWriter::text)
        .text(advisory.title())
        .maybe(advisory.url(), RecordWriter::text)
        .maybe(advisory.date(), FeedCodec::date)
        .flag(advisory.withdrawn())
        .number(advisory.affected().ranges().size());
    for (VersionRange range : advisory.affected().ranges()) {
      to.maybe(range.introduced(), (w, version) -> w.text(version.text()))
          .maybe(range.fixed(), (w, version) -> w.text(version.text()));
    }
    to.texts(advisory.affected().versions().stream().toList())
        .texts(advisory.scope().functions())
        .texts(advisory.scope().arch())
        .texts(advisory.scope().os())
        .flag(advisory.byAssociation())
        .number(advisory.iocs().size());
    advisory
        .iocs()
        .forEach(ioc -> to.text(StoredWords.INDICATOR_KIND.of(ioc.kind())).text(ioc.value()));
  }

  private static void date(RecordWriter to, LocalDate date) {
    to.text(date.toString());
  }

  /// Decodes a feed.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static StoredFeed decode(byte[] data) {
    return RecordReader.read("feed", RecordFormat.FEED, data, data.length, FeedCodec::fields);
  }

  private static StoredFeed fields(RecordReader from) {
    var validators = new Validators(from.maybe(RecordReader::text), from.maybe(RecordReader::text));
    String name = from.text();
    FeedFormat format = StoredWords.FEED_FORMAT.parse(from.text());
    String origin = from.text();
    var asOf = from.instant();
    LocalDate newest = from.maybe(FeedCodec::date);
    int skipped = Math.toIntExact(from.number());
    var advisories = from.list(reader -> advisory(reader, name));
    return new StoredFeed(
        new Feed(
            new FeedInfo(name, format, origin, asOf, newest, advisories.size(), skipped),
            advisories),
        validators);
  }

  private static Advisory advisory(RecordReader from, String feed) {
    String id = from.text();
    return new Advisory(
        id,
        feed,
        from.texts(),
        from.maybe(reader -> CrateName.parse(reader.text())),
        StoredWords.ADVISORY_KIND.parse(from.text()),
        rating(from),
        from.text(),
        from.maybe(RecordReader::text),
        from.maybe(FeedCodec::date),
        from.flag(),
        affected(from),
        new Advisory.Scope(from.texts(), from.texts(), from.texts()),
        from.flag(),
        from.list(
            reader -> new Ioc(StoredWords.INDICATOR_KIND.parse(reader.text()), reader.text(), id)));
  }

  private static SeverityRating rating(RecordReader from) {
    Severity severity = StoredWords.SEVERITY.parse(from.text());
    Double score = from.maybe(reader -> reader.number() / 10.0);
    return new SeverityRating(severity, score, from.maybe(RecordReader::text));
  }

  private static AffectedVersions affected(RecordReader from) {
    var ranges =
        from.list(
            reader ->
                new VersionRange(
                    reader.maybe(FeedCodec::version), reader.maybe(FeedCodec::version)));
    return new AffectedVersions(ranges, new TreeSet<>(from.texts()));
  }

  private static CrateVersion version(RecordReader from) {
    return CrateVersion.parse(from.text());
  }

  /// Reads a date such as `2026-11-24`, digit by digit. The library's parser of dates takes longer
  /// to initialize than the rest of a feed takes to read.
  private static LocalDate date(RecordReader from) {
    String text = from.text();
    if (text.length() != DATE_LENGTH) {
      throw new MalformedException("expected a date, found " + text.length() + " characters");
    }
    return LocalDate.of(
        Integer.parseInt(text, 0, 4, 10),
        Integer.parseInt(text, 5, 7, 10),
        Integer.parseInt(text, 8, DATE_LENGTH, 10));
  }
}
