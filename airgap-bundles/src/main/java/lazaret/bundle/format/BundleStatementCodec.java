package lazaret.bundle.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.LazaretException;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotKind;

/// The codec of `bundle.json`. The form is canonical JSON in ASCII, so each statement has exactly
/// one file.
final class BundleStatementCodec {
  private static final long FORMAT = 1;
  private static final String ADVISORIES = "advisories";
  private static final String SITE = "site-files";
  private static final Set<String> KNOWN = Set.of(ADVISORIES, SITE);
  private static final int MOST_FEEDS = 100;
  private static final int MOST_BASES = 100;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern STREAM_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern PRODUCT = Pattern.compile("[ -~]{1,100}");
  private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9_-]{1,64} [0-9A-Za-z.+-]{1,256}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private BundleStatementCodec() {}

  static Bytes write(BundleStatement bundle) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("format", whole(FORMAT));
    fields.put("requires", texts(requires(bundle)));
    fields.put(
        "stream",
        object(Map.of("uuid", text(bundle.stream().uuid()), "name", text(bundle.stream().name()))));
    fields.put("audience", texts(bundle.audience()));
    fields.put("epoch", whole(bundle.epoch()));
    fields.put("sequence", whole(bundle.sequence()));
    fields.put("kind", text(bundle.kind().code()));
    switch (bundle.kind()) {
      case FULL -> {}
      case DELTA -> {
        List<JsonValue> bases = bundle.bases().stream().map(BundleStatementCodec::state).toList();
        fields.put("base", bases.getFirst());
        fields.put("window", new JsonValue.Items(bases.subList(1, bases.size())));
      }
      case REVOCATION -> fields.put("minSequence", whole(bundle.minSequence()));
      case ADVISORIES -> {}
    }
    BundleStatement.Result result = bundle.result();
    fields.put(
        "result",
        object(
            Map.of(
                "stateRoot", text(result.stateRoot().hex()),
                "crates", whole(result.crates()),
                "versions", whole(result.versions()),
                "bytes", whole(result.bytes()))));
    bundle.previous().ifPresent(digest -> fields.put("previous", text(digest.hex())));
    fields.put("issued", moment(bundle.issued()));
    fields.put("expires", moment(bundle.expires()));
    fields.put("nextExpectedBy", moment(bundle.nextExpectedBy()));
    fields.put("policyDigest", text(bundle.policyDigest().hex()));
    fields.put(
        "feeds",
        new JsonValue.Items(bundle.feeds().stream().map(BundleStatementCodec::feed).toList()));
    fields.put("changes", changes(bundle.changes()));
    fields.put("contents", contents(bundle.contents()));
    fields.put("product", text(bundle.product()));
    extras(bundle.extras(), fields);
    return CanonicalJson.document(object(fields));
  }

  /// Returns the features that a reader must know.
  private static List<String> requires(BundleStatement bundle) {
    List<String> features = new ArrayList<>();
    if (bundle.extras().advisories().isPresent()) {
      features.add(ADVISORIES);
    }
    if (!bundle.extras().site().isEmpty()) {
      features.add(SITE);
    }
    return features;
  }

  private static void extras(BundleStatement.Extras extras, Map<String, JsonValue> fields) {
    BundleStatement.SiteContents site = extras.site();
    if (!site.isEmpty()) {
      fields.put(
          "site",
          object(
              Map.of(
                  "collections", texts(site.collections()),
                  "parts", whole(site.parts()),
                  "rows", whole(site.rows()))));
    }
    extras
        .advisories()
        .ifPresent(
            update ->
                fields.put(
                    "advisories",
                    object(
                        Map.of(
                            "sequence", whole(update.sequence()),
                            "whole", texts(update.whole())))));
  }

  private static BundleStatement.Extras extras(JsonFields fields) {
    return new BundleStatement.Extras(
        fields
            .optionalObject("site")
            .map(
                site ->
                    new BundleStatement.SiteContents(
                        site.texts("collections"),
                        Math.toIntExact(site.whole("parts")),
                        site.whole("rows")))
            .orElse(BundleStatement.SiteContents.NONE),
        fields
            .optionalObject("advisories")
            .map(
                update ->
                    new BundleStatement.AdvisoryUpdate(
                        update.whole("sequence"), update.texts("whole")))
            .orElse(null));
  }

  private static JsonValue state(BundleStatement.State state) {
    return object(
        Map.of("sequence", whole(state.sequence()), "stateRoot", text(state.stateRoot().hex())));
  }

  private static JsonValue feed(FeedHeader header) {
    FeedInfo info = header.info();
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("name", text(info.name()));
    fields.put("format", text(info.format().code()));
    fields.put("origin", text(info.origin()));
    // With fractions of a second, unlike the other times: it is compared with the time in the feed.
    fields.put("asOf", text(info.asOf().toString()));
    if (info.newest() != null) {
      fields.put("newest", text(info.newest().toString()));
    }
    fields.put("records", whole(info.records()));
    fields.put("skipped", whole(info.skipped()));
    fields.put("digest", text(header.digest().hex()));
    return object(fields);
  }

  private static JsonValue changes(BundleStatement.Changes changes) {
    return object(
        Map.of(
            "added", change(changes.added()),
            "changed", change(changes.changed()),
            "yanked", change(changes.yanked()),
            "removed", change(changes.removed()),
            "revoked", change(changes.revoked()),
            "cksumChanged", change(changes.cksumChanged())));
  }

  private static JsonValue change(BundleStatement.Change change) {
    return object(
        Map.of(
            "count", whole(change.count()),
            "digest", text(change.digest().hex()),
            "items", texts(change.items())));
  }

  private static JsonValue contents(BundleStatement.Contents contents) {
    Map<String, JsonValue> tables = new LinkedHashMap<>();
    contents.tables().forEach((name, length) -> tables.put(name, whole(length)));
    return object(
        Map.of(
            "parts", whole(contents.parts()),
            "entries", whole(contents.entries()),
            "mostBlob", whole(contents.mostBlob()),
            "tables", object(tables)));
  }

  static BundleStatement read(Bytes file) {
    if (file.length() > BundleStatement.MOST) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot read bundle.json: more than %d bytes".formatted(BundleStatement.MOST));
    }
    JsonFields fields =
        JsonFields.of(JsonTreeReader.read(file, BundleStatement.FILE), BundleStatement.FILE);
    supported(fields);
    BundleStatement bundle;
    try {
      bundle = bundle(fields);
    } catch (BundleException e) {
      throw e;
    } catch (LazaretException
        | IllegalArgumentException
        | DateTimeException
        | ArithmeticException e) {
      throw JsonFields.malformed(BundleStatement.FILE, Excerpt.of(String.valueOf(e.getMessage())));
    }
    if (!write(bundle).equals(file)) {
      throw JsonFields.malformed(
          BundleStatement.FILE, "expected the canonical form of its content, found another");
    }
    return bundle;
  }

  private static void supported(JsonFields fields) {
    long format = fields.whole("format");
    List<String> requires = fields.texts("requires");
    if (format != FORMAT || !KNOWN.containsAll(requires)) {
      throw new BundleException(
          BundleCode.BUNDLE_FORMAT_UNSUPPORTED,
          "cannot read a bundle of format %d that requires [%s]: this program knows format %d; update it"
              .formatted(format, Excerpt.of(String.join(", ", requires)), FORMAT));
    }
  }

  private static BundleStatement bundle(JsonFields fields) {
    JsonFields result = fields.object("result");
    return new BundleStatement(
        stream(fields.object("stream")),
        fields.texts("audience"),
        fields.whole("epoch"),
        fields.whole("sequence"),
        kind(fields.text("kind")),
        bases(fields),
        fields.optionalWhole("minSequence").orElse(0),
        new BundleStatement.Result(
            Sha256.parse(result.text("stateRoot")),
            result.whole("crates"),
            result.whole("versions"),
            result.whole("bytes")),
        fields.fields().containsKey("previous")
            ? Optional.of(Sha256.parse(fields.text("previous")))
            : Optional.empty(),
        fields.moment("issued"),
        fields.moment("expires"),
        fields.moment("nextExpectedBy"),
        Sha256.parse(fields.text("policyDigest")),
        feeds(fields.items("feeds")),
        changes(fields.object("changes")),
        contents(fields.object("contents")),
        product(fields.text("product")),
        extras(fields));
  }

  private static BundleStatement.Stream stream(JsonFields stream) {
    String uuid = stream.text("uuid");
    String name = stream.text("name");
    if (!UUID.matcher(uuid).matches() || !STREAM_NAME.matcher(name).matches()) {
      throw JsonFields.malformed(
          stream.what(),
          "expected a UUID and a name of up to 40 lower-case letters, digits and dashes");
    }
    return new BundleStatement.Stream(uuid, name);
  }

  private static SnapshotKind kind(String code) {
    return SnapshotKind.find(code)
        .orElseThrow(
            () ->
                JsonFields.malformed(
                    BundleStatement.FILE,
                    "expected full, delta, revocation or advisories as 'kind', found '"
                        + Excerpt.of(code)
                        + "'"));
  }

  private static List<BundleStatement.State> bases(JsonFields fields) {
    Optional<JsonFields> base = fields.optionalObject("base");
    if (base.isEmpty()) {
      return List.of();
    }
    List<BundleStatement.State> bases = new ArrayList<>(List.of(state(base.get())));
    for (JsonValue item : limited(fields.items("window"), MOST_BASES, "window")) {
      bases.add(state(JsonFields.of(item, "bundle.json > window")));
      if (bases.getLast().sequence() <= bases.get(bases.size() - 2).sequence()) {
        throw JsonFields.malformed("bundle.json > window", "expected sequences in ascending order");
      }
    }
    return bases;
  }

  private static BundleStatement.State state(JsonFields state) {
    return new BundleStatement.State(
        state.whole("sequence"), Sha256.parse(state.text("stateRoot")));
  }

  private static List<FeedHeader> feeds(List<JsonValue> items) {
    return limited(items, MOST_FEEDS, "feeds").stream()
        .map(item -> feed(JsonFields.of(item, "bundle.json > feeds")))
        .toList();
  }

  private static FeedHeader feed(JsonFields feed) {
    String newest = feed.fields().containsKey("newest") ? feed.text("newest") : null;
    return new FeedHeader(
        new FeedInfo(
            feed.text("name"),
            FeedFormat.parse(feed.text("format")),
            feed.text("origin"),
            Instant.parse(feed.text("asOf")),
            newest == null ? null : LocalDate.parse(newest),
            Math.toIntExact(feed.whole("records")),
            Math.toIntExact(feed.whole("skipped"))),
        Sha256.parse(feed.text("digest")));
  }

  private static BundleStatement.Changes changes(JsonFields changes) {
    return new BundleStatement.Changes(
        change(changes.object("added")),
        change(changes.object("changed")),
        change(changes.object("yanked")),
        change(changes.object("removed")),
        change(changes.object("revoked")),
        change(changes.object("cksumChanged")));
  }

  private static BundleStatement.Change change(JsonFields change) {
    var read =
        new BundleStatement.Change(
            change.whole("count"), Sha256.parse(change.text("digest")), change.texts("items"));
    if (!read.items().isEmpty() && !ChangeList.of(read.items()).equals(read)) {
      throw JsonFields.malformed(change.what(), "expected the count and digest of its items");
    }
    if (!read.items().stream().allMatch(item -> ITEM.matcher(item).matches())) {
      throw JsonFields.malformed(change.what(), "expected names and versions");
    }
    return read;
  }

  private static BundleStatement.Contents contents(JsonFields contents) {
    JsonFields tables = contents.object("tables");
    Map<String, Long> lengths = new LinkedHashMap<>();
    tables.fields().keySet().forEach(name -> lengths.put(name, tables.whole(name)));
    return new BundleStatement.Contents(
        Math.toIntExact(contents.whole("parts")),
        contents.whole("entries"),
        contents.whole("mostBlob"),
        lengths);
  }

  private static <T> List<T> limited(List<T> items, int most, String what) {
    if (items.size() > most) {
      throw JsonFields.malformed(
          "bundle.json > " + what, "expected at most %d, found %d".formatted(most, items.size()));
    }
    return items;
  }

  private static String product(String text) {
    if (!PRODUCT.matcher(text).matches()) {
      throw JsonFields.malformed(BundleStatement.FILE, "expected printable ASCII as 'product'");
    }
    return text;
  }

  private static JsonValue moment(Instant moment) {
    return text(MOMENT.format(moment));
  }

  private static JsonValue object(Map<String, JsonValue> fields) {
    return new JsonValue.Fields(fields);
  }

  private static JsonValue whole(long value) {
    return new JsonValue.Whole(value);
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }

  private static JsonValue texts(List<String> texts) {
    return new JsonValue.Items(texts.stream().map(BundleStatementCodec::text).toList());
  }
}
