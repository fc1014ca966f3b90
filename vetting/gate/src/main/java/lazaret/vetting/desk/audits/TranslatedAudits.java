package lazaret.vetting.desk.audits;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.CriteriaEntry;
import lazaret.vetting.audit.files.PeerAudits;
import lazaret.vetting.audit.files.ProjectAudits;

/// The audits of an order, mapped to local criteria but not yet bound to checksums.
///
/// @param audits the audits to store
/// @param warnings the omissions
record TranslatedAudits(StoredAudits audits, List<String> warnings) {
  private static final int MAX_WARNINGS = 100;

  /// The description of a criterion that a mapping names and that is defined in no file.
  static final String MAPPED = "mapped at import";

  /// Reads the files of an order.
  ///
  /// @throws MalformedException if a file cannot be read, or if a project's criteria are mapped or
  ///   crates of it excluded
  static TranslatedAudits of(AuditImportOrder order, Instant now) {
    return switch (order.content()) {
      case AuditImportOrder.Content.Peer(var file) -> peer(order, PeerAudits.read(file), now);
      case AuditImportOrder.Content.Project(var audits, var config, var lock) ->
          project(order, ProjectAudits.read(audits, config, lock), now);
    };
  }

  private static TranslatedAudits peer(AuditImportOrder order, PeerAudits peer, Instant now) {
    var targets = new TreeSet<String>();
    order.reading().criteria().values().forEach(targets::addAll);
    SortedMap<String, CriteriaEntry> criteria = mapped(targets);
    AuditsFile file =
        peer.translated(
            Criteria.of(criteria), order.reading().criteria(), order.reading().exclude());
    AuditsFile ours =
        new AuditsFile(criteria, file.wildcardAudits(), file.audits(), file.trusted());
    var origin = origin(order, now, peer.file().size());
    return new TranslatedAudits(
        new StoredAudits(origin, new TreeMap<>(), ours, null), peer.warnings());
  }

  private static SortedMap<String, CriteriaEntry> mapped(TreeSet<String> names) {
    var mapped = new TreeMap<String, CriteriaEntry>();
    for (String name : names) {
      if (!name.equals(Criteria.SAFE_TO_RUN) && !name.equals(Criteria.SAFE_TO_DEPLOY)) {
        mapped.put(name, new CriteriaEntry(MAPPED, null, List.of(), List.of()));
      }
    }
    return mapped;
  }

  private static TranslatedAudits project(
      AuditImportOrder order, ProjectAudits project, Instant now) {
    if (!order.reading().equals(AuditImportOrder.Mapping.PLAIN)) {
      throw new MalformedException(
          "cannot map criteria or exclude crates for a project's store: its criteria are imported unchanged");
    }
    project.requireEnds(LocalDate.ofInstant(now, ZoneOffset.UTC));
    var origin = origin(order, now, project.size());
    return new TranslatedAudits(
        new StoredAudits(origin, new TreeMap<>(), project.own(), project), project.omitted());
  }

  private static StoredAudits.Origin origin(AuditImportOrder order, Instant now, int said) {
    return new StoredAudits.Origin(order.source(), now, said, order.reading(), order.validators());
  }

  /// Refuses an import with less than half of the previous entries. An emptied or truncated file
  /// must not remove known audits.
  ///
  /// @param before the number of entries of the previous import
  void requireMost(int before) {
    int said = audits.origin().said();
    if (said * 2L < before) {
      throw new MalformedException(
          "cannot import the audits: %d entries, and %d are stored, which stay in force; --allow-fewer imports them nevertheless"
              .formatted(said, before));
    }
  }

  /// Returns the first 100 of many warnings, followed by the number of the others.
  static List<String> bounded(List<String> warnings) {
    if (warnings.size() <= MAX_WARNINGS) {
      return warnings;
    }
    var bounded = new ArrayList<>(warnings.subList(0, MAX_WARNINGS));
    bounded.add("and " + (warnings.size() - MAX_WARNINGS) + " more");
    return bounded;
  }
}
