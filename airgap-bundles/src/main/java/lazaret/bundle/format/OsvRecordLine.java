package lazaret.bundle.format;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.Ioc;
import org.jspecify.annotations.Nullable;

/// The codec of one advisory as an OSV record. Data without a field in the schema is stored in
/// `database_specific`, so that reading returns exactly what was written.
///
/// Source: OSV schema 1.7.
final class OsvRecordLine {
  private static final String MIDNIGHT = "T00:00:00Z";
  private static final double TENTHS = 10;

  private OsvRecordLine() {}

  static JsonValue of(FeedInfo feed, Advisory advisory) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    LocalDate date = advisory.date();
    String moment = date == null ? feed.asOf().toString() : date + MIDNIGHT;
    fields.put("schema_version", text("1.7.0"));
    fields.put("id", text(advisory.id()));
    fields.put("modified", text(moment));
    put(fields, "published", date == null ? null : moment);
    put(fields, "withdrawn", advisory.withdrawn() ? moment : null);
    fields.put("aliases", texts(advisory.aliases()));
    fields.put("summary", text(advisory.title()));
    if (advisory.url() != null) {
      JsonValue reference = object(Map.of("type", text("ADVISORY"), "url", text(advisory.url())));
      fields.put("references", new JsonValue.Items(List.of(reference)));
    }
    String vector = advisory.rating().vector();
    if (vector != null) {
      String type = vector.startsWith("CVSS:4") ? "CVSS_V4" : "CVSS_V3";
      JsonValue severity = object(Map.of("type", text(type), "score", text(vector)));
      fields.put("severity", new JsonValue.Items(List.of(severity)));
    }
    fields.put("affected", new JsonValue.Items(List.of(affected(advisory))));
    fields.put("database_specific", object(Map.of("lazaret", ours(feed, advisory))));
    return object(fields);
  }

  private static JsonValue affected(Advisory advisory) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    if (advisory.crate() != null) {
      fields.put(
          "package",
          object(
              Map.of(
                  "ecosystem",
                  text("crates.io"),
                  "name",
                  text(advisory.crate().published()),
                  "purl",
                  text("pkg:cargo/" + advisory.crate()))));
    }
    List<JsonValue> ranges =
        advisory.affected().ranges().stream().map(OsvRecordLine::range).toList();
    fields.put("ranges", new JsonValue.Items(ranges));
    fields.put("versions", texts(List.copyOf(advisory.affected().versions())));
    fields.put(
        "ecosystem_specific",
        object(
            Map.of(
                "affects",
                object(
                    Map.of(
                        "functions",
                        texts(advisory.scope().functions()),
                        "arch",
                        texts(advisory.scope().arch()),
                        "os",
                        texts(advisory.scope().os()))))));
    return object(fields);
  }

  private static JsonValue range(VersionRange range) {
    List<JsonValue> events = new ArrayList<>(2);
    String from = range.introduced() == null ? "0" : range.introduced().text();
    events.add(object(Map.of("introduced", text(from))));
    if (range.fixed() != null) {
      events.add(object(Map.of("fixed", text(range.fixed().text()))));
    }
    return object(Map.of("type", text("SEMVER"), "events", new JsonValue.Items(events)));
  }

  private static JsonValue ours(FeedInfo feed, Advisory advisory) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    SeverityRating rating = advisory.rating();
    fields.put("feed", text(feed.name()));
    fields.put("kind", text(advisory.kind().code()));
    fields.put("severity", text(rating.severity().code()));
    if (rating.score() != null) {
      fields.put("scoreTenths", new JsonValue.Whole(Math.round(rating.score() * TENTHS)));
    }
    fields.put("byAssociation", new JsonValue.Truth(advisory.byAssociation()));
    List<JsonValue> iocs =
        advisory.iocs().stream()
            .map(
                i ->
                    object(
                        Map.of(
                            "kind",
                            text(i.kind().code()),
                            "value",
                            text(i.value()),
                            "advisory",
                            text(i.advisory()))))
            .toList();
    fields.put("iocs", new JsonValue.Items(iocs));
    return object(fields);
  }

  /// Returns the name of the feed of a record.
  static String feed(JsonFields record) {
    return record.object("database_specific").object("lazaret").text("feed");
  }

  /// Reads a record in the form that [#of] writes.
  ///
  /// @throws IllegalArgumentException, lazaret.vetting.LazaretException,
  ///   java.time.DateTimeException if it has another form
  static Advisory read(JsonFields record) {
    JsonFields ours = record.object("database_specific").object("lazaret");
    JsonFields affected = only(record.items("affected"), "affected");
    JsonFields affects = affected.object("ecosystem_specific").object("affects");
    boolean dated = record.fields().containsKey("published");
    return new Advisory(
        record.text("id"),
        ours.text("feed"),
        record.texts("aliases"),
        affected.optionalObject("package").map(p -> CrateName.parse(p.text("name"))).orElse(null),
        AdvisoryKind.parse(ours.text("kind")),
        rating(record, ours),
        record.text("summary"),
        record
            .optionalItems("references")
            .map(items -> only(items, "references").text("url"))
            .orElse(null),
        dated ? LocalDate.parse(record.text("published").replace(MIDNIGHT, "")) : null,
        record.fields().containsKey("withdrawn"),
        affected(affected),
        new Advisory.Scope(affects.texts("functions"), affects.texts("arch"), affects.texts("os")),
        ours.truth("byAssociation"),
        ours.items("iocs").stream().map(item -> ioc(JsonFields.of(item, "an indicator"))).toList());
  }

  private static Ioc ioc(JsonFields ioc) {
    return new Ioc(Ioc.Kind.parse(ioc.text("kind")), ioc.text("value"), ioc.text("advisory"));
  }

  private static SeverityRating rating(JsonFields record, JsonFields ours) {
    var tenths = ours.optionalWhole("scoreTenths");
    return new SeverityRating(
        Severity.parse(ours.text("severity")),
        tenths.isPresent() ? tenths.getAsLong() / TENTHS : null,
        record
            .optionalItems("severity")
            .map(items -> only(items, "severity").text("score"))
            .orElse(null));
  }

  private static AffectedVersions affected(JsonFields affected) {
    List<VersionRange> ranges =
        affected.items("ranges").stream()
            .map(item -> range(JsonFields.of(item, "a range").items("events")))
            .toList();
    return new AffectedVersions(ranges, new TreeSet<>(affected.texts("versions")));
  }

  private static VersionRange range(List<JsonValue> events) {
    String from = JsonFields.of(events.getFirst(), "an event").text("introduced");
    String to = events.size() < 2 ? null : JsonFields.of(events.get(1), "an event").text("fixed");
    return new VersionRange(
        from.equals("0") ? null : CrateVersion.parse(from),
        to == null ? null : CrateVersion.parse(to));
  }

  private static JsonFields only(List<JsonValue> items, String what) {
    if (items.size() != 1) {
      throw JsonFields.malformed(what, "expected one, found " + items.size());
    }
    return JsonFields.of(items.getFirst(), what);
  }

  private static void put(Map<String, JsonValue> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, text(value));
    }
  }

  private static JsonValue object(Map<String, JsonValue> fields) {
    return new JsonValue.Fields(fields);
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }

  private static JsonValue texts(List<String> texts) {
    return new JsonValue.Items(texts.stream().map(OsvRecordLine::text).toList());
  }
}
