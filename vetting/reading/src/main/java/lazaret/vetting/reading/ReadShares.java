package lazaret.vetting.reading;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.review.CodeDelta;
import lazaret.vetting.review.ContentRole;
import lazaret.vetting.review.FileSummary;
import org.jspecify.annotations.Nullable;

/// The lines of a version that a person has read.
///
/// @param base the approved or audited version with which the version is compared; null if all
///   lines of the version count
/// @param roles the share of each role, in the order of decreasing danger
record ReadShares(@Nullable CrateId base, List<ReadShare> roles) {
  ReadShares {
    roles = List.copyOf(roles);
  }

  /// Counts the lines of a difference whose files are compared.
  static ReadShares of(@Nullable CrateId base, CodeDelta delta, ReadingRule rule) {
    Map<ContentRole, Long> lines = new EnumMap<>(ContentRole.class);
    Map<ContentRole, Long> read = new EnumMap<>(ContentRole.class);
    for (FileSummary summary : delta.files()) {
      if (summary.mustRead()) {
        lines.merge(summary.role(), ChangedFile.count(summary), Long::sum);
        if (rule.isKnown(ChangedFile.content(summary))) {
          ChangedFile file = ChangedFile.of(delta, summary.path());
          read.merge(file.role(), rule.read(file, base != null), Long::sum);
        }
      }
    }
    List<ReadShare> roles = new ArrayList<>();
    for (ContentRole role : ContentRole.values()) {
      roles.add(new ReadShare(role, lines.getOrDefault(role, 0L), read.getOrDefault(role, 0L)));
    }
    return new ReadShares(base, roles);
  }

  long lines() {
    return roles.stream().mapToLong(ReadShare::lines).sum();
  }

  long read() {
    return roles.stream().mapToLong(ReadShare::read).sum();
  }

  /// Returns the forms for the ledger, of the roles that have lines to read.
  List<String> texts() {
    return roles.stream().filter(share -> share.lines() > 0).map(ReadShare::text).toList();
  }

  /// Returns the clauses that refuse an approval, or null if each required share is read.
  @Nullable String refusal(SortedMap<ContentRole, Integer> required) {
    List<String> clauses = new ArrayList<>();
    for (ReadShare share : roles) {
      Integer percent = required.get(share.role());
      if (percent != null && share.left(percent) > 0) {
        clauses.add(share.refusal(percent));
      }
    }
    if (clauses.isEmpty()) {
      return null;
    }
    String against =
        base == null
            ? "; no version to compare with is approved or audited and can be read, so that all of its lines count"
            : "";
    return String.join("; ", clauses) + against;
  }
}
