package lazaret.vetting.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.review.FileSummary.Change;
import org.jspecify.annotations.Nullable;

/// The files of two artifacts in the order in which a reviewer reads them. Files that must be read
/// are first: by role, then files with a gained capability, then those with the most capabilities,
/// then by size. Used once.
final class FileOrder {
  private final @Nullable ContentRoles base;
  private final ContentRoles crate;
  private final Map<ContentRole, Set<Capability>> known = new EnumMap<>(ContentRole.class);
  private final List<FileSummary> files = new ArrayList<>();

  /// @param base the roles in the base; null if there is none
  FileOrder(@Nullable ContentRoles base, ContentRoles crate) {
    this.base = base;
    this.crate = crate;
  }

  /// Returns all files of both artifacts, moved files once.
  List<FileSummary> files() {
    Map<String, FileDigest> old = base == null ? Map.of() : base.listing().files();
    if (base != null) {
      for (String path : base.capable()) {
        known
            .computeIfAbsent(base.role(path), _ -> EnumSet.noneOf(Capability.class))
            .addAll(base.capabilities(path));
      }
    }
    Map<Sha256, String> gone = gone(old);
    Set<String> moved = new HashSet<>();
    crate
        .listing()
        .files()
        .forEach(
            (path, file) -> {
              FileDigest was = old.get(path);
              String from = was == null ? gone.remove(file.sha256()) : null;
              if (from != null) {
                moved.add(from);
              }
              files.add(after(path, from, from == null ? was : old.get(from), file));
            });
    if (base != null) {
      for (Map.Entry<String, FileDigest> file : old.entrySet()) {
        if (crate.listing().file(file.getKey()) == null && !moved.contains(file.getKey())) {
          files.add(removed(base, file.getKey(), file.getValue()));
        }
      }
    }
    files.sort(order());
    return files;
  }

  /// Returns the files that the reviewed version lacks, by their content.
  private Map<Sha256, String> gone(Map<String, FileDigest> old) {
    Map<Sha256, String> gone = new HashMap<>();
    old.forEach(
        (path, file) -> {
          if (crate.listing().file(path) == null && file.size() > 0) {
            gone.putIfAbsent(file.sha256(), path);
          }
        });
    return gone;
  }

  private FileSummary after(
      String path, @Nullable String from, @Nullable FileDigest was, FileDigest file) {
    ContentRole role = crate.role(path);
    UnreadReason unread = crate.unread(path);
    boolean same = file.equals(was);
    boolean escalated =
        was != null && unread == null && escalated(from == null ? path : from, role);
    Change change;
    if (from != null) {
      change = Change.MOVED;
    } else if (was == null) {
      change = Change.ADDED;
    } else {
      change = escalated ? Change.ROLE : same ? Change.EQUAL : Change.CHANGED;
    }
    if (same && unread == null && !escalated) {
      unread = from == null ? UnreadReason.EQUAL : UnreadReason.MOVED;
    }
    return new FileSummary(
        path,
        from,
        change,
        role,
        base != null && change != Change.EQUAL && gained(path, role),
        change == Change.EQUAL ? UnreadReason.EQUAL : unread,
        new FileSummary.Content(was, file, crate.listing().kind(path)),
        change == Change.EQUAL ? FileSummary.Amount.NONE : null);
  }

  /// Returns whether a file had a less dangerous role in the base, or needed no reading there. Its
  /// equal lines must be read then, too.
  private boolean escalated(String path, ContentRole role) {
    return base != null && (base.unread(path) != null || role.compareTo(base.role(path)) < 0);
  }

  private boolean gained(String path, ContentRole role) {
    return !known.getOrDefault(role, Set.of()).containsAll(crate.capabilities(path));
  }

  private static FileSummary removed(ContentRoles base, String path, FileDigest file) {
    return new FileSummary(
        path,
        null,
        Change.REMOVED,
        base.role(path),
        false,
        base.unread(path),
        new FileSummary.Content(file, null, base.listing().kind(path)),
        null);
  }

  private Comparator<FileSummary> order() {
    return Comparator.comparing((FileSummary file) -> !file.mustRead())
        .thenComparing(file -> file.change() == Change.EQUAL)
        .thenComparing(FileSummary::role)
        .thenComparing(file -> !file.gained())
        .thenComparingInt(file -> -crate.capabilities(file.path()).size())
        .thenComparingLong(file -> -file.content().size())
        .thenComparing(FileSummary::path);
  }
}
