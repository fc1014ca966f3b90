package lazaret.vetting.advisory.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlVisitor;
import org.jspecify.annotations.Nullable;

/// A reader of one advisory of RustSec's database: Markdown whose first fenced block is TOML.
/// Unknown keys are ignored, as in RustSec's own reader.
///
/// Source: RustSec advisory-db, `README.md`, *Advisory Format*, and the `rustsec` crate for details
/// missing there (`expect-deleted`).
public final class RustSecReader {
  private static final String OPENING = "```toml";
  private static final String CLOSING = "```";

  private RustSecReader() {}

  /// Reads a record.
  ///
  /// @param feed name of the feed
  /// @param document file in UTF-8; the caller limits its length
  public static RecordOutcome read(String feed, Bytes document) {
    String text = document.text().replace("\r\n", "\n");
    int start = text.indexOf(OPENING + "\n");
    if (start < 0 || !text.substring(0, start).isBlank()) {
      return new RecordOutcome.Malformed("expected the file to begin with '```toml'");
    }
    start += OPENING.length() + 1;
    int end = text.indexOf("\n" + CLOSING, start - 1);
    if (end < 0) {
      return new RecordOutcome.Malformed("expected '```' at the end of the TOML block, found none");
    }
    var fields = new Fields();
    // The part before the closing fence.
    String toml = text.substring(start, Math.max(start, end));
    if (TomlReader.read(Bytes.utf8(toml), fields) instanceof TomlOutcome.Malformed<?> m) {
      return new RecordOutcome.Malformed(
          "line %d of the TOML: %s".formatted(m.line() + 1, m.detail()));
    }
    try {
      return fields.outcome(feed, text.substring(end + 1 + CLOSING.length()));
    } catch (MalformedException e) {
      return new RecordOutcome.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static final class Fields implements TomlVisitor {
    private @Nullable String id;
    private @Nullable String crate;
    private @Nullable String date;
    private @Nullable String url;
    private @Nullable String informational;
    private @Nullable String cvss;
    private boolean withdrawn;
    private boolean deleted;
    private final List<String> aliases = new ArrayList<>();
    private final List<String> categories = new ArrayList<>();
    private final List<String> unaffected = new ArrayList<>();
    private final List<String> functions = new ArrayList<>();
    private final List<String> arch = new ArrayList<>();
    private final List<String> os = new ArrayList<>();

    @Override
    public void table(List<String> path, boolean element) {}

    @Override
    public void value(List<String> path, TomlScalar value) {
      String text = value.text();
      switch (path.getFirst()) {
        case "advisory" -> advisory(path.size() == 2 ? path.get(1) : "", text);
        case "versions" -> {
          String key = path.size() == 2 ? path.get(1) : "";
          if (key.equals("patched") || key.equals("unaffected")) {
            add(unaffected, text);
          }
        }
        case "affected" -> affected(path, text);
        default -> {}
      }
    }

    private void advisory(String key, String text) {
      switch (key) {
        case "id" -> id = text;
        case "package" -> crate = text;
        case "date" -> date = text;
        case "url" -> url = text;
        case "informational" -> informational = text;
        case "cvss" -> cvss = text;
        case "withdrawn" -> withdrawn = true;
        case "expect-deleted" -> deleted = text.equals("true");
        case "aliases" -> add(aliases, text);
        case "categories" -> add(categories, text);
        default -> {}
      }
    }

    private void affected(List<String> path, String text) {
      if (path.size() == 2 && path.get(1).equals("arch")) {
        add(arch, text);
      } else if (path.size() == 2 && path.get(1).equals("os")) {
        add(os, text);
      } else if (path.size() == 3 && path.get(1).equals("functions")) {
        if (!functions.contains(path.get(2))) {
          add(functions, path.get(2));
        }
      }
    }

    /// Adds a text, and one empty text beyond the limit. A record over the limit is refused as a
    /// whole, since an omitted text could be a patched version.
    private static void add(List<String> texts, String text) {
      if (texts.size() == RecordFields.MAX_TEXTS) {
        texts.add("");
      } else if (texts.size() < RecordFields.MAX_TEXTS) {
        texts.add(text);
      }
    }

    RecordOutcome outcome(String feed, String markdown) {
      if (id == null || crate == null) {
        return new RecordOutcome.Malformed("expected the keys 'id' and 'package' in [advisory]");
      }
      // The template that authors copy, and drafts without a number.
      if (id.equals("RUSTSEC-0000-0000")) {
        return new RecordOutcome.OtherEcosystem();
      }
      if (unaffected.size() > RecordFields.MAX_TEXTS) {
        return new RecordOutcome.Malformed(
            "expected at most " + RecordFields.MAX_TEXTS + " requirements, found more");
      }
      String title = title(markdown).orElse(id);
      List<String> known = RecordFields.ids(aliases);
      boolean malice =
          MalwareClassifier.isIn(
              new MalwareClassifier.Indications(id, known, title, categories, List.of(), deleted));
      var advisory =
          new Advisory(
              RecordFields.id(id),
              feed,
              known,
              CrateName.parse(crate),
              malice ? AdvisoryKind.MALWARE : kind(),
              rating(malice),
              RecordFields.title(title),
              RecordFields.url(url),
              RecordFields.date(date),
              withdrawn,
              RequirementRanges.allBut(unaffected.stream().map(VersionReq::parse).toList()),
              new Advisory.Scope(printable(functions), printable(arch), printable(os)),
              malice && MalwareClassifier.byAssociation(title, markdown),
              List.of());
      return new RecordOutcome.Accepted(id, null, List.of(advisory));
    }

    private AdvisoryKind kind() {
      return informational == null ? AdvisoryKind.VULNERABILITY : informationalKind(informational);
    }

    private SeverityRating rating(boolean malice) {
      SeverityRating scored = cvss == null ? SeverityRating.UNKNOWN : Cvss.rate(cvss);
      return malice && scored.severity() == Severity.UNKNOWN ? SeverityRating.MALWARE : scored;
    }

    private static Optional<String> title(String markdown) {
      return markdown
          .lines()
          .filter(line -> line.startsWith("# "))
          .map(line -> line.substring(2).strip())
          .filter(line -> !line.isEmpty())
          .findFirst();
    }

    private static List<String> printable(List<String> texts) {
      return texts.stream().map(Excerpt::of).toList();
    }
  }

  /// Returns the kind of a value of RustSec's `informational`; an unknown value is a notice.
  static AdvisoryKind informationalKind(String word) {
    return switch (word) {
      case "unsound" -> AdvisoryKind.UNSOUND;
      case "unmaintained" -> AdvisoryKind.UNMAINTAINED;
      default -> AdvisoryKind.NOTICE;
    };
  }
}
