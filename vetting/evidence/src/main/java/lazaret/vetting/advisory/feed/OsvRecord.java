package lazaret.vetting.advisory.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Ioc;
import org.jspecify.annotations.Nullable;

/// An OSV record that is being read. Not thread-safe.
final class OsvRecord {
  @Nullable String id;
  @Nullable String modified;
  @Nullable String published;
  @Nullable String withdrawn;
  @Nullable String summary;
  @Nullable String details;
  @Nullable String word;
  @Nullable String url;
  boolean urlIsAdvisory;
  final List<String> aliases = new ArrayList<>();
  final List<String> vectors = new ArrayList<>(1);
  final List<String> cwes = new ArrayList<>(1);
  final List<String> indicators = new ArrayList<>(0);
  final List<String> digests = new ArrayList<>(0);
  private final List<OsvAffected> packages = new ArrayList<>(1);

  /// Adds a text to a list.
  ///
  /// @throws MalformedException if the list is full, since an omitted text could be an affected
  ///   version
  static void add(List<String> texts, String text) {
    if (texts.size() == RecordFields.MAX_TEXTS) {
      throw new MalformedException(
          "expected at most " + RecordFields.MAX_TEXTS + " texts in a list, found more");
    }
    texts.add(text);
  }

  /// Adds a package. Packages of other ecosystems are ignored.
  void add(OsvAffected affected) {
    if (affected.isCrate()) {
      if (packages.size() == RecordFields.MAX_TEXTS) {
        throw new MalformedException(
            "expected at most " + RecordFields.MAX_TEXTS + " packages, found more");
      }
      packages.add(affected);
    }
  }

  /// Returns the result of the record.
  ///
  /// @throws MalformedException if an id, a name or an indicator has an invalid form
  RecordOutcome outcome(String feed) {
    if (id == null) {
      return new RecordOutcome.Malformed("expected an 'id'");
    }
    if (packages.isEmpty()) {
      return new RecordOutcome.OtherEcosystem();
    }
    RecordFields.id(id);
    Map<String, Advisory> byCrate = new LinkedHashMap<>();
    for (OsvAffected affected : packages) {
      Advisory advisory = advisory(feed, id, affected);
      // A record may name one crate several times, in one spelling or more.
      String key = advisory.crate() == null ? "" : advisory.crate().collisionKey();
      byCrate.merge(key, advisory, OsvRecord::both);
    }
    return new RecordOutcome.Accepted(
        id, RecordFields.moment(modified), List.copyOf(byCrate.values()));
  }

  private Advisory advisory(String feed, String id, OsvAffected crate) {
    List<String> known = RecordFields.ids(aliases);
    List<String> weaknesses = new ArrayList<>(cwes);
    weaknesses.addAll(crate.cwes);
    String title = summary == null || summary.isBlank() ? id : summary;
    boolean malice =
        MalwareClassifier.isIn(
            new MalwareClassifier.Indications(
                id, known, title, crate.categories, weaknesses, false));
    AffectedVersions affected = crate.affected();
    if (affected.equals(AffectedVersions.NOTHING)) {
      // A record without versions affects all versions, as do those of OpenSSF if no version was
      // kept.
      affected = AffectedVersions.ALL;
    }
    return new Advisory(
        id,
        feed,
        known,
        CrateName.parse(crate.name == null ? "" : crate.name),
        malice ? AdvisoryKind.MALWARE : kind(crate),
        rating(crate, malice),
        RecordFields.title(title),
        RecordFields.url(url),
        RecordFields.date(published == null ? modified : published),
        withdrawn != null,
        affected,
        new Advisory.Scope(printable(crate.functions), printable(crate.arch), printable(crate.os)),
        malice && MalwareClassifier.byAssociation(title, details == null ? "" : details),
        iocs(id));
  }

  private static Advisory both(Advisory one, Advisory other) {
    boolean first = one.kind().compareTo(other.kind()) <= 0;
    Advisory worse = first ? one : other;
    return new Advisory(
        worse.id(),
        worse.feed(),
        worse.aliases(),
        worse.crate(),
        worse.kind(),
        worse.rating(),
        worse.title(),
        worse.url(),
        worse.date(),
        worse.withdrawn(),
        one.affected().and(other.affected()),
        worse.scope(),
        worse.byAssociation(),
        worse.iocs());
  }

  private static AdvisoryKind kind(OsvAffected crate) {
    return crate.informational == null
        ? AdvisoryKind.VULNERABILITY
        : RustSecReader.informationalKind(crate.informational);
  }

  /// Returns the highest rating of the vectors; otherwise the word that GitHub states.
  private SeverityRating rating(OsvAffected crate, boolean malice) {
    List<String> all = new ArrayList<>(crate.vectors.isEmpty() ? vectors : crate.vectors);
    if (crate.cvss != null) {
      all.add(crate.cvss);
    }
    SeverityRating best = SeverityRating.UNKNOWN;
    for (String vector : all) {
      SeverityRating rating = Cvss.rate(vector);
      boolean known = rating.severity() != Severity.UNKNOWN;
      if (known
          && (best.severity() == Severity.UNKNOWN
              || rating.severity().compareTo(best.severity()) > 0)) {
        best = rating;
      } else if (best.vector() == null) {
        best = rating;
      }
    }
    if (best.severity() == Severity.UNKNOWN && word != null) {
      best = new SeverityRating(ofWord(word), null, best.vector());
    }
    return malice && best.severity() == Severity.UNKNOWN ? SeverityRating.MALWARE : best;
  }

  private static Severity ofWord(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "LOW" -> Severity.LOW;
      case "MODERATE", "MEDIUM" -> Severity.MEDIUM;
      case "HIGH" -> Severity.HIGH;
      case "CRITICAL" -> Severity.CRITICAL;
      default -> Severity.UNKNOWN;
    };
  }

  /// Returns the indicators that can be searched for. Others are omitted, since the record still
  /// names its crate.
  private List<Ioc> iocs(String id) {
    List<Ioc> iocs = new ArrayList<>(digests.size() + indicators.size());
    for (String digest : digests) {
      String hex = digest.toLowerCase(Locale.ROOT);
      if (hex.matches("[0-9a-f]{64}")) {
        iocs.add(new Ioc(Ioc.Kind.SHA256, Sha256.parse(hex).hex(), id));
      }
    }
    for (String text : indicators) {
      RecordFields.searchable(text, id).ifPresent(iocs::add);
    }
    return iocs;
  }

  private static List<String> printable(List<String> texts) {
    return texts.stream().map(Excerpt::of).toList();
  }
}
