package lazaret.vetting.desk.audits;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.audit.files.AuditKind;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.CriteriaEntry;
import lazaret.vetting.audit.files.VetVersion;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;

/// The gate's own decisions as an `audits.toml` that others import. Approvals with criteria become
/// audits, one for each base and criteria, with all approvers and their evidence. A refusal becomes
/// a violation. Exemptions are omitted because they involve no review. Versions whose approvals
/// name no criteria are omitted because nothing was certified.
final class OwnAuditsExport {
  private final SortedMap<String, List<AuditEntry>> audits = new TreeMap<>();
  private final Set<String> criteria = new TreeSet<>();

  private final LineNoteLookup lineNotes;

  private OwnAuditsExport(LineNoteLookup lineNotes) {
    this.lineNotes = lineNotes;
  }

  /// Builds the file.
  ///
  /// @param decided the decisions on each version that was ever decided on
  /// @param lineNotes the notes on lines, of which those of the deciders become part of an audit
  static AuditsFile of(Collection<VersionDecisions> decided, LineNoteLookup lineNotes) {
    var crates = new HashMap<String, List<VersionDecisions>>();
    for (VersionDecisions decisions : decided) {
      Decision latest = decisions.latest();
      if (latest != null) {
        crates
            .computeIfAbsent(latest.id().name().published(), _ -> new ArrayList<>())
            .add(decisions);
      }
    }
    var export = new OwnAuditsExport(lineNotes);
    crates.forEach(export::crate);
    return new AuditsFile(export.defined(), new TreeMap<>(), export.audits, new TreeMap<>());
  }

  private void crate(String name, List<VersionDecisions> versions) {
    var refused = new HashSet<CrateVersion>();
    for (VersionDecisions decisions : versions) {
      Decision latest = decisions.latest();
      if (latest != null && !latest.kind().serves()) {
        refused.add(latest.id().version());
      }
    }
    var entries = new ArrayList<AuditEntry>();
    for (VersionDecisions decisions : versions) {
      Decision latest = decisions.latest();
      if (latest != null) {
        switch (latest.kind()) {
          case EXEMPT -> {}
          case APPROVE -> entries.addAll(approved(decisions, refused));
          // A refused version is not even safe to run.
          case DENY, REVOKE -> entries.add(withLineNotes(violation(latest), latest.id()));
        }
      }
    }
    if (!entries.isEmpty()) {
      audits.put(name, entries);
    }
  }

  private List<AuditEntry> approved(VersionDecisions decisions, Set<CrateVersion> refused) {
    List<AuditEntry> entries = OwnAudits.entries(decisions.approvals(), refused);
    entries.forEach(entry -> criteria.addAll(entry.criteria()));
    Decision latest = decisions.latest();
    return latest == null
        ? entries
        : entries.stream().map(entry -> withLineNotes(entry, latest.id())).toList();
  }

  private AuditEntry withLineNotes(AuditEntry entry, CrateId id) {
    List<String> notes = lineNotes.notes(id, entry.who());
    if (notes.isEmpty()) {
      return entry;
    }
    String reason = entry.notes();
    String text = String.join("\n", notes);
    return new AuditEntry(
        entry.who(),
        entry.criteria(),
        entry.kind(),
        entry.importable(),
        reason == null ? text : reason + "\n" + text,
        entry.aggregatedFrom());
  }

  private static AuditEntry violation(Decision decision) {
    VetVersion version = VetVersion.of(decision.id().version());
    return new AuditEntry(
        List.of(decision.by()),
        List.of(Criteria.SAFE_TO_RUN),
        new AuditKind.Violation(VersionReq.parse("=" + withoutBuild(version))),
        true,
        OwnAudits.remark(decision),
        List.of());
  }

  /// Returns the version text without build metadata, which has no meaning in a requirement.
  private static String withoutBuild(VetVersion version) {
    String text = version.version().text();
    int plus = text.indexOf('+');
    return plus < 0 ? text : text.substring(0, plus);
  }

  /// Returns the definitions of the criteria in use. cargo-vet rejects an entry whose criteria the
  /// file does not define.
  private SortedMap<String, CriteriaEntry> defined() {
    var defined = new TreeMap<String, CriteriaEntry>();
    for (String name : criteria) {
      if (!name.equals(Criteria.SAFE_TO_RUN) && !name.equals(Criteria.SAFE_TO_DEPLOY)) {
        defined.put(
            name,
            new CriteriaEntry(
                "As the reviewers of this gate use the word; ask them.",
                null,
                List.of(),
                List.of()));
      }
    }
    return defined;
  }
}
