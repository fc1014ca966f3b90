package lazaret.vetting.desk.search;

import java.util.Locale;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// A query for entries of the ledger.
///
/// @param after the sequence after which entries are returned, 0 or more
/// @param before the sequence before which entries are returned; [Long#MAX_VALUE] for no bound
/// @param latest whether the latest entries are returned, the newest first
/// @param limit the maximum number of entries, 1 or more
/// @param filter the entries that are returned
public record LedgerQuery(long after, long before, boolean latest, int limit, Filter filter) {
  /// The kinds of entries.
  public enum Kind {
    /// All entries.
    ALL,
    /// Decisions of persons.
    DECISIONS,
    /// Notices that a person must look at.
    ALARMS
  }

  /// The entries that a query returns.
  ///
  /// @param kind the kind
  /// @param name the crate that the entries concern; null for all
  /// @param words a text in person, reason, detail, kind or version, regardless of case; null for
  ///   all
  public record Filter(Kind kind, @Nullable CrateName name, @Nullable String words) {
    /// The filter that accepts every entry.
    public static final Filter NONE = new Filter(Kind.ALL, null, null);

    /// Returns whether an entry belongs to the result.
    public boolean accepts(LedgerEntry entry) {
      Event event = entry.event();
      return acceptsKind(event) && acceptsName(event) && acceptsWords(event);
    }

    private boolean acceptsKind(Event event) {
      return switch (kind) {
        case ALL -> true;
        case DECISIONS -> event instanceof Decision;
        case ALARMS -> event instanceof Notice notice && notice.kind().alarm();
      };
    }

    private boolean acceptsName(Event event) {
      if (name == null) {
        return true;
      }
      CrateName concerned =
          switch (event) {
            case Decision decision -> decision.id().name();
            case Notice notice -> notice.name();
          };
      return concerned != null && concerned.collisionKey().equals(name.collisionKey());
    }

    private boolean acceptsWords(Event event) {
      if (words == null) {
        return true;
      }
      String wanted = words.toLowerCase(Locale.ROOT);
      return texts(event).anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static Stream<String> texts(Event event) {
      return switch (event) {
        case Decision decision -> {
          CrateVersion version = decision.id().version();
          yield Stream.of(decision.by(), decision.reason(), decision.kind().code(), version.text());
        }
        case Notice notice ->
            Stream.of(
                notice.by(),
                notice.detail(),
                notice.kind().code(),
                notice.version() == null ? "" : notice.version());
      };
    }
  }
}
