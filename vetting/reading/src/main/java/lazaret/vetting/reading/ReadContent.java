package lazaret.vetting.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.review.ContentRole;
import org.jspecify.annotations.Nullable;

/// The stored document of the read ledger about one person and one content.
///
/// @param format the form of the document, [#FORMAT]. A document of a newer form counts as unread
/// @param person the person, as named in the ledger
/// @param content the SHA-256 of the content of one file
/// @param entries the entries, at most [#MAX_ENTRIES], with at most [#MAX_RANGES] ranges in all
record ReadContent(int format, String person, Sha256 content, List<ReadEntry> entries) {
  static final int FORMAT = 1;
  static final int MAX_ENTRIES = 24;
  static final int MAX_RANGES = 3_000;

  ReadContent {
    entries = format == FORMAT ? List.copyOf(entries) : List.of();
  }

  static ReadContent none(String person, Sha256 content) {
    return new ReadContent(FORMAT, person, content, List.of());
  }

  /// A part of a content that is marked.
  ///
  /// @param role the role in which the server finds the content
  /// @param base the content with which it is compared; null for the content itself
  /// @param all all lines to read of the content, or of the difference; none if the part is the
  ///   whole content, or is not shown as text
  /// @param lines the marked lines
  record Part(ContentRole role, @Nullable ReadBase base, ReadLines all, ReadLines lines) {
    private @Nullable Sha256 against() {
      return base == null ? null : base.content();
    }
  }

  /// Returns this document after a part was read. If there are too many entries, the oldest is left
  /// out. Another artifact with the same content replaces the base of an entry, unless the earlier
  /// artifact is vetted: the entry would no longer count.
  ///
  /// @param vetted whether an artifact is approved or audited
  /// @throws MalformedException if there are too many ranges
  ReadContent read(Part part, Instant now, Predicate<CrateId> vetted) {
    List<ReadEntry> others = new ArrayList<>();
    ReadBase base = part.base();
    ReadLines lines = part.lines();
    boolean whole = false;
    for (ReadEntry entry : entries) {
      if (entry.role() == part.role() && entry.isAgainst(part.against())) {
        lines = lines.plus(entry.lines());
        whole |= entry.whole();
        ReadBase earlier = entry.base();
        if (earlier != null && !earlier.equals(base) && vetted.test(earlier.artifact())) {
          base = earlier;
        }
      } else {
        others.add(entry);
      }
    }
    whole |= lines.containsAll(part.all());
    ReadLines kept = whole ? ReadLines.NONE : lines;
    others.add(ReadEntry.of(part.role(), now, base, whole, kept));
    return with(others);
  }

  /// Returns this document after a part was marked as unread, in every role. Entries about other
  /// parts are removed, since they could cover the same lines.
  ///
  /// @throws MalformedException if there are too many ranges
  ReadContent unread(Part part, Instant now) {
    List<ReadEntry> left = new ArrayList<>();
    for (ReadEntry entry : entries) {
      if (part.all().count() > 0 && entry.isAgainst(part.against())) {
        ReadLines lines = (entry.whole() ? part.all() : entry.lines()).minus(part.lines());
        if (lines.count() > 0) {
          left.add(ReadEntry.of(entry.role(), now, entry.base(), false, lines));
        }
      }
    }
    return with(left);
  }

  private ReadContent with(List<ReadEntry> all) {
    List<ReadEntry> kept =
        all.stream()
            .sorted(Comparator.comparing(ReadEntry::at).reversed())
            .limit(MAX_ENTRIES)
            .toList();
    int ranges = kept.stream().mapToInt(entry -> entry.lines().ranges()).sum();
    if (ranges > MAX_RANGES) {
      throw new MalformedException(
          "cannot record what was read: expected at most %d ranges of lines of one content, found %d; mark the whole file"
              .formatted(MAX_RANGES, ranges));
    }
    return new ReadContent(FORMAT, person, content, kept);
  }

  /// Returns whether the content, or its difference to another one, was marked as a whole.
  ///
  /// @param role the role for which the mark counts
  /// @param against the SHA-256 of the other content; null if there is none
  boolean isMarked(ContentRole role, @Nullable Sha256 against) {
    return entries.stream()
        .filter(entry -> entry.whole() && entry.countsFor(role))
        .anyMatch(entry -> entry.base() == null || entry.isAgainst(against));
  }

  /// Returns the lines that were read of the content itself or of its difference to another one.
  ///
  /// @param role the role for which they count
  /// @param against the SHA-256 of the other content; null if there is none
  /// @param all all lines to read
  /// @param counts whether the difference to that content counts
  ReadLines lines(ContentRole role, @Nullable Sha256 against, ReadLines all, boolean counts) {
    ReadLines lines = ReadLines.NONE;
    for (ReadEntry entry : entries) {
      boolean own = entry.base() == null;
      boolean same = !own && against != null && counts && entry.isAgainst(against);
      if (entry.countsFor(role) && (own || same)) {
        lines = lines.plus(entry.whole() ? all : entry.lines());
      }
    }
    return lines.and(all);
  }
}
