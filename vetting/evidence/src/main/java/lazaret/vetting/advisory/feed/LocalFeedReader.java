package lazaret.vetting.advisory.feed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.text.Coded;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlVisitor;
import org.jspecify.annotations.Nullable;

/// A reader of a local list: a TOML file of `[[advisory]]` tables, described in `docs/feeds.md`.
/// Its author can correct it at once, so any fault or unknown key refuses the file. A misspelled
/// key such as `verions = "<1.2"` must not affect all versions.
final class LocalFeedReader implements TomlVisitor {
  private static final int MAX_ENTRIES = 10_000;

  private final String feed;
  private final List<Entry> entries = new ArrayList<>();

  private LocalFeedReader(String feed) {
    this.feed = feed;
  }

  /// Reads a list.
  static FeedOutcome read(FeedSource source, Bytes file) {
    var reader = new LocalFeedReader(source.name());
    try {
      if (TomlReader.read(file, reader) instanceof TomlOutcome.Malformed<?> m) {
        return new FeedOutcome.Refused(
            "line %d, column %d: %s".formatted(m.line(), m.column(), m.detail()));
      }
      List<Advisory> advisories =
          reader.entries.stream().map(e -> e.advisory(reader.feed)).toList();
      Set<String> ids = new HashSet<>();
      for (Advisory advisory : advisories) {
        if (!ids.add(advisory.id())) {
          throw new MalformedException("the id '" + advisory.id() + "' occurs twice");
        }
      }
      return new FeedOutcome.Read(
          new Feed(FeedReader.info(source, FeedFormat.LOCAL, advisories, 0), advisories),
          List.of());
    } catch (MalformedException e) {
      return new FeedOutcome.Refused(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void table(List<String> path, boolean element) {
    if (!element || !path.equals(List.of("advisory"))) {
      throw new MalformedException(
          "expected [[advisory]], found the table '" + Excerpt.of(String.join(".", path)) + "'");
    }
    if (entries.size() == MAX_ENTRIES) {
      throw new MalformedException("expected at most " + MAX_ENTRIES + " entries, found more");
    }
    entries.add(new Entry(entries.size() + 1));
  }

  @Override
  public void value(List<String> path, TomlScalar value) {
    if (entries.isEmpty() || path.size() != 2) {
      throw new MalformedException(
          "expected keys in [[advisory]] only, found '" + Excerpt.of(String.join(".", path)) + "'");
    }
    entries.getLast().set(path.get(1), value);
  }

  private static final class Entry {
    private final int number;
    private @Nullable String id;
    private @Nullable String crate;
    private @Nullable String kind;
    private @Nullable String severity;
    private @Nullable String reason;
    private @Nullable String url;
    private @Nullable String date;
    private final List<String> versions = new ArrayList<>();
    private final List<String> aliases = new ArrayList<>();
    private final List<String> sha256 = new ArrayList<>();
    private final List<String> iocs = new ArrayList<>();
    private boolean versionsStated;

    Entry(int number) {
      this.number = number;
    }

    void set(String key, TomlScalar value) {
      if (value.kind() != TomlScalar.Kind.STRING && !key.equals("date")) {
        throw wrong(
            "expected text for '" + Excerpt.of(key) + "', found " + Excerpt.of(value.text()));
      }
      String text = value.text();
      switch (key) {
        case "id" -> id = once(key, id, text);
        case "crate" -> crate = once(key, crate, text);
        case "kind" -> kind = once(key, kind, text);
        case "severity" -> severity = once(key, severity, text);
        case "reason" -> reason = once(key, reason, text);
        case "url" -> url = once(key, url, text);
        case "date" -> date = once(key, date, text);
        case "versions" -> {
          versionsStated = true;
          OsvRecord.add(versions, text);
        }
        case "aliases" -> OsvRecord.add(aliases, text);
        case "sha256" -> OsvRecord.add(sha256, text);
        case "iocs" -> OsvRecord.add(iocs, text);
        default ->
            throw wrong(
                "unknown key '"
                    + Excerpt.of(key)
                    + "'; known are id, crate, versions, kind, severity, reason, url, date,"
                    + " aliases, sha256, iocs");
      }
    }

    private String once(String key, @Nullable String before, String text) {
      if (before != null) {
        throw wrong("the key '" + key + "' occurs twice");
      }
      return text;
    }

    private MalformedException wrong(String what) {
      return new MalformedException(
          "advisory " + (id == null ? "number " + number : Excerpt.of(id)) + ": " + what);
    }

    Advisory advisory(String feed) {
      if (id == null || reason == null) {
        throw wrong("expected the keys 'id' and 'reason'");
      }
      if (crate == null && sha256.isEmpty() && iocs.isEmpty()) {
        throw wrong("expected one of 'crate', 'sha256' and 'iocs'");
      }
      if (crate == null && versionsStated) {
        throw wrong("'versions' needs a 'crate'");
      }
      try {
        String named = RecordFields.id(id);
        AdvisoryKind is = kind();
        return new Advisory(
            named,
            feed,
            RecordFields.ids(aliases),
            crate == null ? null : CrateName.parse(crate),
            is,
            rating(is),
            RecordFields.title(reason),
            RecordFields.url(url),
            RecordFields.date(date),
            false,
            crate == null
                ? AffectedVersions.NOTHING
                : RequirementRanges.any(versions.stream().map(VersionReq::parse).toList()),
            Advisory.Scope.ALL,
            false,
            indicators(named));
      } catch (MalformedException e) {
        throw wrong(String.valueOf(e.getMessage()));
      }
    }

    private AdvisoryKind kind() {
      String word = kind == null ? AdvisoryKind.MALWARE.code() : kind;
      return Coded.find(AdvisoryKind.class, word)
          .orElseThrow(
              () ->
                  new MalformedException(
                      "unknown kind '"
                          + Excerpt.of(word)
                          + "'; known are malware, vulnerability, unsound, unmaintained, notice"));
    }

    private SeverityRating rating(AdvisoryKind is) {
      if (severity == null) {
        return is == AdvisoryKind.MALWARE ? SeverityRating.MALWARE : SeverityRating.UNKNOWN;
      }
      SeverityRating scored = Cvss.rate(severity);
      if (scored.severity() != Severity.UNKNOWN) {
        return scored;
      }
      String word = severity;
      return Coded.find(Severity.class, word.toLowerCase(Locale.ROOT))
          .map(known -> new SeverityRating(known, null, null))
          .orElseThrow(
              () ->
                  new MalformedException(
                      "unknown severity '"
                          + Excerpt.of(word)
                          + "'; expected low, medium, high, critical or a CVSS vector"));
    }

    private List<Ioc> indicators(String id) {
      List<Ioc> all = new ArrayList<>();
      sha256.forEach(hex -> all.add(new Ioc(Ioc.Kind.SHA256, Sha256.parse(hex).hex(), id)));
      iocs.forEach(text -> all.add(RecordFields.ioc(text, id)));
      return all;
    }
  }
}
