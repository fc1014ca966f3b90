package lazaret.vetting.audit.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// A reader of single entries of a store's files. It refuses or ignores unknown keys in the same
/// entries as cargo-vet.
final class VetEntries {
  private static final Set<String> CRITERIA_KEYS =
      Set.of("description", "description-url", "implies", "aggregated-from");

  private static final Set<String> AUDIT_KEYS =
      Set.of(
          "who",
          "criteria",
          "version",
          "delta",
          "violation",
          "importable",
          "notes",
          "aggregated-from");

  private VetEntries() {}

  static CriteriaEntry criteria(VetTable table) {
    table.onlyKeys(CRITERIA_KEYS);
    return new CriteriaEntry(
        table.text("description"),
        table.text("description-url"),
        table.texts("implies"),
        table.texts("aggregated-from"));
  }

  static AuditEntry audit(VetTable table) {
    table.onlyKeys(AUDIT_KEYS);
    return new AuditEntry(
        table.texts("who"),
        table.texts("criteria"),
        kind(table),
        !Boolean.FALSE.equals(table.flag("importable")),
        table.text("notes"),
        table.texts("aggregated-from"));
  }

  private static AuditKind kind(VetTable table) {
    var kinds = new ArrayList<AuditKind>();
    String version = table.text("version");
    if (version != null) {
      kinds.add(new AuditKind.Full(VetVersion.parse(version)));
    }
    String delta = table.text("delta");
    if (delta != null) {
      kinds.add(delta(table, delta));
    }
    String violation = table.text("violation");
    if (violation != null) {
      kinds.add(new AuditKind.Violation(VersionReq.parse(violation)));
    }
    if (kinds.size() != 1) {
      throw table.complaint("expected exactly one of 'version', 'delta' and 'violation'");
    }
    return kinds.getFirst();
  }

  private static AuditKind delta(VetTable table, String text) {
    int arrow = text.indexOf("->");
    if (arrow < 0) {
      throw table.complaint("'delta' must have the form 'VERSION -> VERSION'");
    }
    return new AuditKind.Delta(
        VetVersion.parse(text.substring(0, arrow).strip()),
        VetVersion.parse(text.substring(arrow + 2).strip()));
  }

  static WildcardEntry wildcard(VetTable table) {
    return new WildcardEntry(
        table.texts("who"),
        table.requiredTexts("criteria"),
        window(table),
        table.flag("renew"),
        table.text("notes"),
        table.texts("aggregated-from"));
  }

  static TrustEntry trust(VetTable table) {
    return new TrustEntry(
        table.requiredTexts("criteria"),
        window(table),
        table.text("notes"),
        table.texts("aggregated-from"));
  }

  static Exemption exemption(VetTable table) {
    return new Exemption(
        VetVersion.parse(table.requiredText("version")),
        table.texts("criteria"),
        !Boolean.FALSE.equals(table.flag("suggest")),
        table.text("notes"));
  }

  static VetPublication publication(VetTable table) {
    PublisherId publisher = publisher(table);
    boolean user = publisher instanceof PublisherId.User;
    return new VetPublication(
        VetVersion.parse(table.requiredText("version")),
        table.requiredDate("when"),
        publisher,
        user ? table.requiredText("user-login") : null,
        user ? table.text("user-name") : null);
  }

  static Unpublished unpublished(VetTable table) {
    return new Unpublished(
        VetVersion.parse(table.requiredText("version")),
        VetVersion.parse(table.requiredText("audited_as")));
  }

  private static PublishWindow window(VetTable table) {
    return new PublishWindow(
        publisher(table), table.requiredDate("start"), table.requiredDate("end"));
  }

  private static PublisherId publisher(VetTable table) {
    @Nullable Long user = table.number("user-id");
    if (user != null) {
      return new PublisherId.User(user);
    }
    String signature = table.text("trusted-publisher");
    if (signature == null) {
      throw table.complaint("expected 'user-id' or 'trusted-publisher'");
    }
    return new PublisherId.TrustedPublisher(signature);
  }

  /// Returns criteria without those that are not defined.
  static List<String> known(List<String> criteria, Set<String> defined) {
    return criteria.stream()
        .filter(
            name ->
                name.equals(Criteria.SAFE_TO_RUN)
                    || name.equals(Criteria.SAFE_TO_DEPLOY)
                    || defined.contains(name))
        .toList();
  }
}
