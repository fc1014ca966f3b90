package lazaret.web.version;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.deskapi.audits.CrateAuditsReply;
import lazaret.vetting.deskapi.audits.CriterionAuditsInfo;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.ReleaseDeltaInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.review.AdvisoryMatchInfo;
import lazaret.vetting.deskapi.review.TakeoverSignInfo;
import lazaret.vetting.deskapi.review.VersionEvidenceReply;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// The evidence on a version as rows. Each kind has a row, also if there is nothing.
final class EvidenceRows {
  private static final String FEEDS = "/desk/feeds";

  private final VersionReply version;
  private final @Nullable VersionEvidenceReply evidence;
  private final @Nullable CrateAuditsReply audits;
  private final PageTime time;

  EvidenceRows(
      VersionReply version,
      @Nullable VersionEvidenceReply evidence,
      @Nullable CrateAuditsReply audits,
      PageTime time) {
    this.version = version;
    this.evidence = evidence;
    this.audits = audits;
    this.time = time;
  }

  List<EvidenceRow> all() {
    return List.of(
        advisories(),
        audits(),
        capabilities(),
        sandbox(),
        takeover(),
        publisher(),
        archive(),
        license());
  }

  private EvidenceRow advisories() {
    return evidence == null ? named() : advisories(evidence);
  }

  /// Returns the row of all advisories that affect the version, those that no rule names, too.
  private EvidenceRow advisories(VersionEvidenceReply evidence) {
    String fixes =
        evidence.fixes().isEmpty()
            ? ""
            : "It is the smallest fix for " + String.join(", ", evidence.fixes()) + ".";
    List<AdvisoryMatchInfo> all = evidence.advisories();
    if (all.isEmpty()) {
      return new EvidenceRow("Advisories", "None", joined(fixes, warnings()), FEEDS, "Feeds");
    }
    String others =
        all.stream().skip(1).map(AdvisoryMatchInfo::id).collect(Collectors.joining(", "));
    return new EvidenceRow(
        "Advisories",
        "%s: %s, %s"
            .formatted(all.getFirst().id(), all.getFirst().title(), all.getFirst().severity()),
        joined(others.isEmpty() ? "" : "Also " + others + ".", fixes, warnings()),
        FEEDS,
        "Feeds");
  }

  private static String joined(String... sentences) {
    return Stream.of(sentences).filter(each -> !each.isEmpty()).collect(Collectors.joining(" "));
  }

  private String warnings() {
    return version.feedWarnings().stream()
        .map(ReasonInfo::detail)
        .collect(Collectors.joining("; "));
  }

  /// Returns the row of the advisories that the reasons of the verdict name.
  private EvidenceRow named() {
    List<ReasonInfo> named =
        version.verdict().reasons().stream().filter(EvidenceRows::isAdvisory).toList();
    String warnings = warnings();
    return named.isEmpty()
        ? new EvidenceRow("Advisories", "None", warnings, FEEDS, "Feeds")
        : new EvidenceRow(
            "Advisories",
            named.getFirst().detail(),
            named.size() > 1 ? "and %d more".formatted(named.size() - 1) : warnings,
            FEEDS,
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
      return EvidenceRow.of("Audits", "No statement", "about this crate");
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

  private EvidenceRow takeover() {
    if (evidence == null) {
      return EvidenceRow.of("Takeover", "Not known", "the signs could not be read");
    }
    List<TakeoverSignInfo> signs = evidence.takeover();
    return signs.isEmpty()
        ? EvidenceRow.of("Takeover", "No sign", "of a hijacked crate or account")
        : EvidenceRow.of(
            "Takeover",
            signs.stream().map(TakeoverSignInfo::code).collect(Collectors.joining(", ")),
            signs.stream().map(TakeoverSignInfo::detail).collect(Collectors.joining("; ")));
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
