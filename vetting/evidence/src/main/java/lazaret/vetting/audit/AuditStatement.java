package lazaret.vetting.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.audit.AuditStep.Kind;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.audit.files.AuditKind;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.Exemption;
import lazaret.vetting.audit.files.PublishWindow;
import lazaret.vetting.audit.files.PublisherId;
import lazaret.vetting.audit.files.TrustEntry;
import lazaret.vetting.audit.files.Unpublished;
import lazaret.vetting.audit.files.VetPublication;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.audit.files.WildcardEntry;
import org.jspecify.annotations.Nullable;

/// One entry for a crate in a form for people.
///
/// @param peer nickname of the import; null if it is our own
/// @param kind `audit`, `delta`, `violation`, `wildcard`, `trusted`, `exemption`, `unpublished` or
///   `publisher`
/// @param about versions, or publisher and days
/// @param criteria names of the criteria; may be empty
/// @param who auditors; may be empty
/// @param notes notes of the auditor; null if there are none
public record AuditStatement(
    @Nullable String peer,
    String kind,
    String about,
    List<String> criteria,
    List<String> who,
    @Nullable String notes) {
  /// Copies the lists.
  public AuditStatement {
    criteria = List.copyOf(criteria);
    who = List.copyOf(who);
  }

  /// Returns the entries of a store for a crate.
  ///
  /// @param names names of the crate in its files
  static List<AuditStatement> of(VetStore store, List<String> names) {
    var all = new ArrayList<AuditStatement>();
    for (String name : names) {
      file(null, store.local(), name, all);
      store.imports().forEach((peer, file) -> file(peer, file, name, all));
      for (Exemption e : store.exemptions().getOrDefault(name, List.of())) {
        String about = e.version().toString();
        all.add(
            new AuditStatement(
                null, word(Kind.EXEMPTION), about, e.criteria(), List.of(), e.notes()));
      }
      for (Unpublished u : store.unpublished().getOrDefault(name, List.of())) {
        String about = u.version() + " as " + u.auditedAs();
        all.add(
            new AuditStatement(null, word(Kind.UNPUBLISHED), about, List.of(), List.of(), null));
      }
      for (VetPublication p : store.publications().getOrDefault(name, List.of())) {
        String about = "%s by %s on %s".formatted(p.version(), publisher(p.publisher()), p.when());
        String login = p.login();
        List<String> who = login == null ? List.of() : List.of(login);
        all.add(new AuditStatement(null, "publisher", about, List.of(), who, null));
      }
    }
    return all;
  }

  private static void file(
      @Nullable String peer, AuditsFile file, String name, List<AuditStatement> all) {
    for (AuditEntry e : file.audits().getOrDefault(name, List.of())) {
      all.add(audit(peer, e));
    }
    for (WildcardEntry e : file.wildcardAudits().getOrDefault(name, List.of())) {
      String about = window(e.window());
      all.add(
          new AuditStatement(peer, word(Kind.WILDCARD), about, e.criteria(), e.who(), e.notes()));
    }
    for (TrustEntry e : file.trusted().getOrDefault(name, List.of())) {
      String about = window(e.window());
      all.add(
          new AuditStatement(peer, word(Kind.TRUSTED), about, e.criteria(), List.of(), e.notes()));
    }
  }

  private static AuditStatement audit(@Nullable String peer, AuditEntry entry) {
    String kind =
        switch (entry.kind()) {
          case AuditKind.Full _ -> "audit";
          case AuditKind.Delta _ -> "delta";
          case AuditKind.Violation _ -> "violation";
        };
    String about =
        switch (entry.kind()) {
          case AuditKind.Full(var version) -> version.toString();
          case AuditKind.Delta(var from, var to) -> from + " -> " + to;
          case AuditKind.Violation(var versions) -> versions.toString();
        };
    return new AuditStatement(peer, kind, about, entry.criteria(), entry.who(), entry.notes());
  }

  private static String window(PublishWindow window) {
    return "%s, %s to %s".formatted(publisher(window.publisher()), window.start(), window.end());
  }

  private static String publisher(PublisherId publisher) {
    return switch (publisher) {
      case PublisherId.User(long id) -> "user " + id;
      case PublisherId.TrustedPublisher(var signature) -> signature;
    };
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
