package lazaret.web.version;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.deskapi.audits.CrateAuditsReply;
import lazaret.vetting.deskapi.audits.CriterionAuditsInfo;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.ReleaseDeltaInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// The evidence on a version as rows. Each kind has a row, also if there is nothing.
final class EvidenceRows {
  private final VersionReply version;
  private final @Nullable CrateAuditsReply audits;
  private final PageTime time;

  EvidenceRows(VersionReply version, @Nullable CrateAuditsReply audits, PageTime time) {
    this.version = version;
    this.audits = audits;
    this.time = time;
  }

  List<EvidenceRow> all() {
    return List.of(
        advisories(), audits(), capabilities(), sandbox(), publisher(), archive(), license());
  }

  private EvidenceRow advisories() {
    List<ReasonInfo> named =
        version.verdict().reasons().stream().filter(EvidenceRows::isAdvisory).toList();
    String warnings =
        version.feedWarnings().stream().map(ReasonInfo::detail).collect(Collectors.joining("; "));
    return named.isEmpty()
        ? new EvidenceRow("Advisories", "None", warnings, "/desk/feeds", "Feeds")
        : new EvidenceRow(
            "Advisories",
            named.getFirst().detail(),
            named.size() > 1 ? "and %d more".formatted(named.size() - 1) : warnings,
            "/desk/feeds",
            "Feeds");
  }

  private static boolean isAdvisory(ReasonInfo reason) {
    return switch (reason.code()) {
      case "vulnerable", "malware", "unsound", "unmaintained", "notice" -> true;
      default -> false;
    };
  }

  private EvidenceRow audits() {
    if (audits == null) {
      return EvidenceRow.of("Audits", "Not visible", "your roles do not include audits");
    }
    if (audits.statements().isEmpty()) {
      return EvidenceRow.of("Audits", "Nobody", "made a statement about this crate");
    }
    String results =
        audits.criteria().stream().map(EvidenceRows::result).collect(Collectors.joining("; "));
    return EvidenceRow.of(
        "Audits", results, time.plural(audits.statements().size(), "statement") + " on the crate");
  }

  private static String result(CriterionAuditsInfo criterion) {
    String words =
        switch (criterion.verdict()) {
          case FULLY -> "audited";
          case PARTIALLY -> "audited from an exempted version on";
          case WITH_EXEMPTIONS -> "exempted";
          case NOT_VETTED -> "not audited";
          case VIOLATED -> "violated";
          case OTHER_BYTES -> "audited for other bytes";
        };
    return criterion.criterion() + ": " + words;
  }

  private EvidenceRow capabilities() {
    FindingsInfo findings = version.findings();
    if (findings == null) {
      return EvidenceRow.of("Capabilities", "Not inspected", "the artifact was not fetched");
    }
    ReleaseDeltaInfo delta = version.delta();
    String all = names(findings.capabilities());
    if (delta == null) {
      return linked("Capabilities", all.isEmpty() ? "None found" : all, "", "#capabilities");
    }
    String bold =
        delta.gained().isEmpty()
            ? "No new kind since " + delta.base().text()
            : "New since " + delta.base().text() + ": " + names(delta.gained());
    return linked("Capabilities", bold, all.isEmpty() ? "" : "has " + all, "#capabilities");
  }

  private static String names(List<CapabilityInfo> capabilities) {
    return capabilities.stream()
        .map(CapabilityInfo::what)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private EvidenceRow sandbox() {
    DetonationInfo built = version.detonation();
    if (built == null) {
      return EvidenceRow.of(
          "Sandbox", "Not built alone", "vetting-cli detonate records such a build");
    }
    String change =
        built.base() == null
            ? ""
            : "%d new and %d gone since %s"
                .formatted(built.added().size(), built.gone().size(), built.base().text());
    return linked(
        "Sandbox",
        "Built alone %s by %s: %s"
            .formatted(
                time.minute(built.at()), built.by(), time.plural(built.traces().size(), "trace")),
        change,
        "#behavior");
  }

  private EvidenceRow publisher() {
    return EvidenceRow.of("Publisher", "Not stated by this upstream", "");
  }

  private EvidenceRow archive() {
    FindingsInfo findings = version.findings();
    if (findings == null) {
      return EvidenceRow.of("Archive", "Not fetched", "");
    }
    String bold =
        findings.problems().isEmpty()
            ? "Has the form that cargo requires"
            : findings.problems().getFirst().detail();
    return EvidenceRow.of(
        "Archive",
        bold,
        "%s, %s"
            .formatted(
                time.plural(findings.entries(), "file"), time.size(findings.unpackedBytes())));
  }

  private EvidenceRow license() {
    FindingsInfo findings = version.findings();
    String license = findings == null ? null : findings.license();
    return EvidenceRow.of("License", license == null ? "Not stated" : license, "");
  }

  private EvidenceRow linked(String kind, String bold, String rest, String fragment) {
    return new EvidenceRow(
        kind,
        bold,
        rest,
        PageLinks.review(version.name(), version.version()) + fragment,
        "Compare");
  }
}
