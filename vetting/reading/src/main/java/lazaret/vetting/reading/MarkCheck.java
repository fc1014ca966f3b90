package lazaret.vetting.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The check of marks against the bytes that the server has.
final class MarkCheck {
  private MarkCheck() {}

  /// Checks the number of parts.
  ///
  /// @throws MalformedException if there is none, or too many
  static void requireCount(MarkOrder order) {
    int count = order.files().size();
    if (count == 0 || count > MarkOrder.MAX_FILES) {
      throw new MalformedException(
          "cannot record what was read: expected 1 to %d files, found %d; send fewer at once"
              .formatted(MarkOrder.MAX_FILES, count));
    }
  }

  /// Returns the part of a content that is marked, in the role in which the server finds it.
  ///
  /// @param artifact the artifact of the base; null if there is none
  /// @throws StaleContentException if a content is not the one that the person saw
  /// @throws MalformedException if a hunk or line does not exist
  static ReadContent.Part part(
      MarkOrder.FilePart mark, ChangedFile file, @Nullable CrateId artifact) {
    if (!mark.content().equals(file.content())) {
      throw new StaleContentException(file.path());
    }
    if (mark.all()) {
      return new ReadContent.Part(file.role(), null, ReadLines.NONE, ReadLines.NONE);
    }
    Sha256 content = file.base();
    if (!isSameBase(mark, file) && (content != null || !hasLinesAlone(mark))) {
      throw new StaleContentException(file.path());
    }
    // A file without lines to read has the content of the base, of which nothing was shown.
    Sha256 against = content == null && file.count() == 0 ? file.content() : content;
    ReadBase base = against == null || artifact == null ? null : ReadBase.of(against, artifact);
    return new ReadContent.Part(file.role(), base, file.lines(), lines(mark, file));
  }

  private static boolean isSameBase(MarkOrder.FilePart mark, ChangedFile file) {
    return Objects.equals(mark.base(), file.base());
  }

  /// Returns whether a mark names lines of the content itself, which count whatever the content is
  /// with which the person compared it.
  private static boolean hasLinesAlone(MarkOrder.FilePart mark) {
    return mark.hunks().isEmpty() && mark.lines().count() > 0;
  }

  private static ReadLines lines(MarkOrder.FilePart mark, ChangedFile file) {
    ReadLines all = file.lines();
    if (mark.hunks().isEmpty() && mark.lines().count() == 0) {
      return all;
    }
    ReadLines marked = mark.lines().and(all);
    boolean others = mark.lines().count() > 0 && marked.count() == 0 && all.count() > 0;
    if (others && isSameBase(mark, file)) {
      throw new MalformedException(
          "cannot record what was read of %s: expected changed lines, found others; use the lines that were shown"
              .formatted(Excerpt.of(file.path())));
    }
    List<LineRange> after = new ArrayList<>(marked.after().ranges());
    List<LineRange> before = new ArrayList<>(marked.before().ranges());
    for (long number : mark.hunks().stream().distinct().toList()) {
      ReadLines hunk = hunk(file, number);
      after.addAll(hunk.after().ranges());
      before.addAll(hunk.before().ranges());
    }
    return new ReadLines(new LineRangeSet(after), new LineRangeSet(before));
  }

  private static ReadLines hunk(ChangedFile file, long number) {
    List<ReadLines> hunks = file.hunks();
    if (number < 1 || number > hunks.size()) {
      throw new MalformedException(
          "cannot record what was read of %s: expected a hunk from 1 to %d, found %d; use one of the list of files"
              .formatted(Excerpt.of(file.path()), hunks.size(), number));
    }
    return hunks.get((int) number - 1);
  }
}
