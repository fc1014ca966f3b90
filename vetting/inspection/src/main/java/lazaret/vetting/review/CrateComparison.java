package lazaret.vetting.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.review.FileDiff.Change;
import lazaret.vetting.review.FileDiff.Form;
import lazaret.vetting.review.hunk.LineEdit;
import org.jspecify.annotations.Nullable;

/// The comparison of two artifacts: first of digests, then of the contents of files that differ.
/// Used once, not thread-safe.
final class CrateComparison {
  private final @Nullable CrateArchive base;
  private final CrateArchive crate;
  private final InspectLimits inspect;
  private final DiffLimits limits;
  private final LineDiff lineDiff;
  private final UnifiedDiffWriter unified;

  CrateComparison(
      @Nullable CrateArchive base, CrateArchive crate, InspectLimits inspect, DiffLimits limits) {
    this.base = base;
    this.crate = crate;
    this.inspect = inspect;
    this.limits = limits;
    this.lineDiff = new LineDiff(limits);
    this.unified = new UnifiedDiffWriter(limits);
  }

  /// A file that differs, before its content is compared.
  private record Pair(
      String path,
      @Nullable String formerPath,
      FileRole part,
      @Nullable FileDigest before,
      @Nullable FileDigest after) {
    Change change() {
      if (formerPath != null) {
        return Change.MOVED;
      }
      return before == null ? Change.ADDED : after == null ? Change.REMOVED : Change.CHANGED;
    }

    long longest() {
      return Math.max(before == null ? 0 : before.size(), after == null ? 0 : after.size());
    }

    FileDiff with(Form form) {
      return new FileDiff(path, formerPath, change(), part, before, after, 0, 0, form, "");
    }
  }

  List<FileDiff> run() {
    CrateListing after = CrateListing.of(crate, inspect, limits);
    CrateListing before = base == null ? null : CrateListing.of(base, inspect, limits);
    List<Pair> pairs = pairs(before, after);
    Set<String> wanted = wanted(pairs);
    Map<String, Bytes> young = contents(crate, wanted);
    Map<String, Bytes> old = base == null ? new HashMap<>() : contents(base, wanted);
    return pairs.stream().map(pair -> compared(pair, old, young, wanted)).toList();
  }

  private static List<Pair> pairs(@Nullable CrateListing before, CrateListing after) {
    Map<String, FileDigest> old = before == null ? Map.of() : before.files();
    Map<Sha256, String> gone = new HashMap<>();
    old.forEach(
        (path, file) -> {
          if (after.file(path) == null && file.size() > 0) {
            gone.putIfAbsent(file.sha256(), path);
          }
        });
    List<Pair> pairs = new ArrayList<>();
    Set<String> moved = new HashSet<>();
    after
        .files()
        .forEach(
            (path, file) -> {
              FileDigest was = old.get(path);
              String from = was == null ? gone.remove(file.sha256()) : null;
              if (from != null) {
                moved.add(from);
                pairs.add(new Pair(path, from, after.part(path), old.get(from), file));
              } else if (!file.equals(was)) {
                pairs.add(new Pair(path, null, after.part(path), was, file));
              }
            });
    if (before != null) {
      old.forEach(
          (path, file) -> {
            if (after.file(path) == null && !moved.contains(path)) {
              pairs.add(new Pair(path, null, before.part(path), file, null));
            }
          });
    }
    pairs.sort(Comparator.comparing(Pair::part).thenComparing(Pair::path));
    return pairs;
  }

  /// Returns the files whose content is compared. They are chosen in reading order, so that a large
  /// later file does not use the memory of a build script.
  private Set<String> wanted(List<Pair> pairs) {
    Set<String> wanted = new TreeSet<>();
    long held = 0;
    for (Pair pair : pairs) {
      long size = pair.longest();
      if (pair.formerPath() == null
          && size <= limits.fileBytes()
          && held + size <= limits.heldBytes()) {
        held += size;
        wanted.add(pair.path());
      }
    }
    return wanted;
  }

  private Map<String, Bytes> contents(CrateArchive archive, Set<String> wanted) {
    Map<String, Bytes> contents = new HashMap<>();
    ArchiveReadResult walk =
        archive.walk(
            inspect,
            (entry, content) -> {
              if (!entry.directory() && wanted.contains(entry.path())) {
                contents.put(entry.path(), content.read(limits.fileBytes()));
              }
            });
    CrateListing.refuseProblems(archive, walk);
    return contents;
  }

  private FileDiff compared(
      Pair pair, Map<String, Bytes> old, Map<String, Bytes> young, Set<String> wanted) {
    if (pair.formerPath() != null) {
      return pair.with(Form.SAME_BYTES);
    }
    if (!wanted.contains(pair.path())) {
      return pair.with(Form.TOO_LONG);
    }
    boolean source =
        pair.part() == FileRole.BUILD_SCRIPT
            || pair.part() == FileRole.MANIFEST
            || pair.path().endsWith(".rs");
    TextLines before = lines(old.remove(pair.path()), source);
    TextLines after = lines(young.remove(pair.path()), source);
    if (before == null || after == null) {
      return pair.with(Form.BINARY);
    }
    if (!source && (before.generated() || after.generated())) {
      return pair.with(Form.LONG_LINES);
    }
    return compared(pair, before, after);
  }

  private static @Nullable TextLines lines(@Nullable Bytes content, boolean source) {
    return content == null ? TextLines.NONE : TextLines.of(content, source).orElse(null);
  }

  private FileDiff compared(Pair pair, TextLines before, TextLines after) {
    boolean windows =
        (before.windows() || before.lines().isEmpty())
            && (after.windows() || after.lines().isEmpty());
    List<String> old = (windows ? before.withoutReturns() : before).comparable();
    List<String> young = (windows ? after.withoutReturns() : after).comparable();
    List<LineEdit> edits = lineDiff.edits(old, young);
    String text = unified.full() ? "" : unified.write(old, young, edits);
    Form form = text.isEmpty() && !edits.isEmpty() ? Form.OVER_LIMIT : Form.LINES;
    return new FileDiff(
        pair.path(),
        null,
        pair.change(),
        pair.part(),
        pair.before(),
        pair.after(),
        edits.stream().mapToLong(LineEdit::insertions).sum(),
        edits.stream().mapToLong(LineEdit::deletions).sum(),
        form,
        text);
  }
}
