package lazaret.vetting.reading;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.review.ContentRole;

/// The rule by which content counts as read by one person.
///
/// A content is read for a role if the person read all of it in this role or a more dangerous one.
/// A difference counts only if the content with which it was compared is read by the same rule, or
/// belongs to a version that is approved or audited. Documents are read once, so a rule is used for
/// one request. Not thread-safe.
final class ReadingRule {
  /// A longer chain of differences does not count: it costs a look-up for each link.
  private static final int MOST_LINKS = 256;

  private final String person;
  private final ReadLedger ledger;
  private final Predicate<CrateId> vetted;
  private final Map<Sha256, Optional<ReadContent>> documents = new HashMap<>();
  private final Map<CrateId, Boolean> bases = new HashMap<>();

  /// @param vetted whether an artifact is approved or audited
  ReadingRule(String person, ReadLedger ledger, Predicate<CrateId> vetted) {
    this.person = person;
    this.ledger = ledger;
    this.vetted = vetted;
  }

  String person() {
    return person;
  }

  /// Returns whether the person marked a part of a content.
  boolean isKnown(Sha256 content) {
    return document(content).isPresent();
  }

  /// Returns whether a content is read for a role.
  boolean isRead(Sha256 content, ContentRole role) {
    return isRead(content, role, new HashSet<>());
  }

  private boolean isRead(Sha256 content, ContentRole role, Set<Sha256> seen) {
    if (seen.size() >= MOST_LINKS || !seen.add(content)) {
      return false;
    }
    ReadContent document = document(content).orElse(null);
    if (document == null) {
      return false;
    }
    for (ReadEntry entry : document.entries()) {
      ReadBase base = entry.base();
      if (entry.whole()
          && entry.countsFor(role)
          && (base == null || isVetted(base.artifact()) || isRead(base.content(), role, seen))) {
        return true;
      }
    }
    return false;
  }

  /// Returns the lines of a file that count as read.
  ///
  /// @param file the file with its lines to read
  /// @param vettedBase whether the version of the base is approved or audited
  long read(ChangedFile file, boolean vettedBase) {
    if (isRead(file.content(), file.role())) {
      return file.count();
    }
    ReadContent document = document(file.content()).orElse(null);
    if (document == null) {
      return 0;
    }
    Sha256 base = file.base();
    boolean counts = base != null && (vettedBase || isRead(base, file.role()));
    if (!file.isText()) {
      return counts && document.isMarked(file.role(), base) ? 1 : 0;
    }
    return document.lines(file.role(), base, file.lines(), counts).count();
  }

  /// Returns the lines of a file that the person marked, whether they count or not.
  ReadLines marked(ChangedFile file) {
    ReadContent document = document(file.content()).orElse(null);
    if (document == null) {
      return ReadLines.NONE;
    }
    return document.lines(file.role(), file.base(), file.lines(), true);
  }

  /// Returns the number of lines of a file that the person marked, whether they count or not. It is
  /// at most 1 if the file is not shown as text.
  long markedCount(ChangedFile file) {
    if (file.isText()) {
      return marked(file).count();
    }
    ReadContent document = document(file.content()).orElse(null);
    return document != null && document.isMarked(file.role(), file.base()) ? 1 : 0;
  }

  private Optional<ReadContent> document(Sha256 content) {
    return documents.computeIfAbsent(content, each -> ledger.find(person, each));
  }

  private boolean isVetted(CrateId artifact) {
    return bases.computeIfAbsent(artifact, vetted::test);
  }
}
