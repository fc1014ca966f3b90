package lazaret.vetting.review;

import java.lang.ref.SoftReference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.vetting.Deadline;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.review.FileSummary.Amount;
import lazaret.vetting.review.FileSummary.Form;
import lazaret.vetting.review.hunk.DiffLine;
import lazaret.vetting.review.hunk.HunkList;
import lazaret.vetting.review.hunk.HunkReader;
import lazaret.vetting.review.hunk.LineWindow;
import org.jspecify.annotations.Nullable;

/// The difference of two artifacts for a display that reads it in parts.
///
/// Files are in reading order and are compared on demand, so that the rows of the most dangerous
/// ones do not wait for the others. Contents may be dropped; the archives are then opened again.
/// Thread-safe: one thread compares at a time.
public final class CodeDelta {
  /// The maximum number of lines of both texts of a file that is compared.
  private static final int MOST_LINES = 400_000;

  /// The size of a file in bytes above which its texts and tokens are kept.
  private static final int LARGE = 64 << 10;

  private static final HunkList NO_HUNKS = HunkList.whole(0);
  private static final LineWindow NO_ROWS = new LineWindow(List.of(), 0, List.of(), 0);

  private final ReentrantLock lock = new ReentrantLock(true);
  private final List<FileSummary> files;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final @Nullable HunkList[] hunks;
  private final ContentReader contents;
  private final DiffLimits limits;
  private final long weight;

  /// The number of files from the beginning that are compared.
  private int compared;

  /// The last reader of the rows of a large file. It has the tokens of both texts, which take
  /// longer than one window.
  private @Nullable SoftReference<OpenFile> open;

  private CodeDelta(List<FileSummary> files, ContentReader contents, DiffLimits limits) {
    this.files = files;
    this.hunks = new @Nullable HunkList[files.size()];
    this.contents = contents;
    this.limits = limits;
    long text = 0;
    for (int i = 0; i < files.size(); i++) {
      numbers.put(files.get(i).path(), i);
      text += readable(files.get(i)) ? files.get(i).content().size() : 0;
    }
    this.weight = 1_000L * files.size() + text;
  }

  /// A file whose rows are read.
  ///
  /// @param number its number
  /// @param lineChars the maximum number of displayed characters of a line
  private record OpenFile(int number, int lineChars, HunkReader reader) {}

  /// Lists the files of two artifacts with their roles. Each archive is read several times.
  ///
  /// @param base opens the artifact that the reviewer knows already; null if there is none
  /// @param crate opens the reviewed artifact
  /// @param inspect limits on foreign archives
  /// @param limits limits of the comparison; of [DiffLimits#shownLines()] and
  ///   [DiffLimits#shownChars()] each window has as many
  /// @throws MalformedException if an archive breaks the rules of archives
  public static CodeDelta of(
      @Nullable Supplier<CrateArchive> base,
      Supplier<CrateArchive> crate,
      InspectLimits inspect,
      DiffLimits limits) {
    InstantSource clock = Deadline.MONOTONIC;
    ContentRoles after = ContentRoles.of(crate.get(), inspect, limits, clock);
    ContentRoles before = base == null ? null : ContentRoles.of(base.get(), inspect, limits, clock);
    return new CodeDelta(
        new FileOrder(before, after).files(),
        new ContentReader(base, crate, inspect, limits),
        limits);
  }

  /// Compares further files in reading order, at least one if any is left.
  ///
  /// @param deadline the time after which no further file is compared
  /// @return whether all files are compared
  public boolean compare(Deadline deadline) {
    boolean any = false;
    while (true) {
      // Requests for rows take their turn between two files.
      lock.lock();
      try {
        while (compared < files.size() && hunks[compared] != null) {
          compared++;
        }
        if (compared == files.size() || (any && deadline.passed())) {
          return compared == files.size();
        }
        compare(compared);
        any = true;
      } finally {
        lock.unlock();
      }
    }
  }

  /// Returns whether all files are compared.
  public boolean complete() {
    lock.lock();
    try {
      return compared == files.size();
    } finally {
      lock.unlock();
    }
  }

  /// Returns all files in reading order, those that are not compared yet without an amount. Files
  /// that need no reading are last, among them those that are equal.
  public List<FileSummary> files() {
    lock.lock();
    try {
      return List.copyOf(files);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the amount to read for each role, of the files that are compared.
  public List<RoleSummary> roles() {
    return RoleSummary.of(files());
  }

  /// Returns one file, compared.
  ///
  /// @throws MalformedException if no file has the path
  public FileSummary file(String path) {
    lock.lock();
    try {
      int number = number(path);
      compare(number);
      return files.get(number);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the hunks of a file, which is compared before if necessary; none if it is not shown as
  /// text.
  ///
  /// @throws MalformedException if no file has the path
  public HunkList hunks(String path) {
    lock.lock();
    try {
      return compare(number(path));
    } finally {
      lock.unlock();
    }
  }

  /// Returns some rows of the difference of a file, which is compared before if necessary.
  ///
  /// @param from the index of the first row, from 0
  /// @param limit the maximum number of rows
  /// @param lineChars the maximum number of characters of a line, at least
  ///   [DiffLimits#lineChars()], at most a quarter of [DiffLimits#shownChars()]
  /// @throws MalformedException if no file has the path
  public LineWindow rows(String path, int from, int limit, int lineChars) {
    int rows = Math.clamp(limit, 1, limits.shownLines());
    int least = limits.lineChars();
    int chars = Math.clamp(lineChars, least, Math.max(least, limits.shownChars() / 4));
    lock.lock();
    try {
      HunkReader reader = reader(path, chars);
      return reader == null ? NO_ROWS : reader.read(from, rows);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the first row of a hunk.
  ///
  /// @param hunk the number of the hunk in its file, from 1
  /// @throws MalformedException if no file has the path, or the file does not have the hunk
  public int firstRow(String path, int hunk) {
    lock.lock();
    try {
      HunkList list = compare(number(path));
      if (hunk < 1 || hunk > list.hunks().size()) {
        throw new MalformedException(
            "cannot show hunk %d: expected a number from 1 to %d; use one of the list of files"
                .formatted(hunk, list.hunks().size()));
      }
      return list.hunks().get(hunk - 1).firstRow();
    } finally {
      lock.unlock();
    }
  }

  /// Returns the equal lines of a range of the new text of a changed file.
  ///
  /// @param from the first line, from 1
  /// @param to the last line
  /// @throws MalformedException if no file has the path
  public List<DiffLine.Equal> context(String path, int from, int to) {
    lock.lock();
    try {
      HunkReader reader = reader(path, limits.lineChars());
      return reader == null ? List.of() : reader.context(from, to, limits.shownLines());
    } finally {
      lock.unlock();
    }
  }

  /// Returns the lines of the hunks that contain a text. The last file is searched as a whole, so
  /// that there can be more lines than the limit of the search.
  ///
  /// @param deadline the time after which no further file is searched
  public DeltaSearch.Result find(DeltaSearch search, Deadline deadline) {
    List<DeltaSearch.Line> found = new ArrayList<>();
    int number = Math.max(search.from(), 0);
    boolean more = number < files.size();
    while (more) {
      lock.lock();
      try {
        found.addAll(find(number, search.words()));
      } finally {
        lock.unlock();
      }
      number++;
      more = number < files.size() && found.size() < search.limit() && !deadline.passed();
    }
    return new DeltaSearch.Result(found, number < files.size() ? number : null);
  }

  private List<DeltaSearch.Line> find(int number, String words) {
    HunkList list = compare(number);
    FileSummary file = files.get(number);
    TextPair texts = list.rows() == 0 ? null : contents.read(file, () -> unread(number));
    return texts == null
        ? List.of()
        : texts.search(list).find(words, limits.shownLines()).stream()
            .map(line -> new DeltaSearch.Line(file.path(), line))
            .toList();
  }

  /// Returns the number of lines of the new text of a file. It is 0 if the reviewed version does
  /// not have the file, or if the file is not shown as text.
  ///
  /// @throws MalformedException if no file has the path
  public int newLines(String path) {
    lock.lock();
    try {
      int number = number(path);
      compare(number);
      FileSummary file = files.get(number);
      boolean present =
          file.content().after() != null && file.content().size() <= limits.fileBytes();
      TextPair texts = present ? contents.read(file, () -> unread(number)) : null;
      return texts == null ? 0 : texts.after().lines().size();
    } finally {
      lock.unlock();
    }
  }

  /// Returns a reader of the rows of a file, or null if it has none.
  private @Nullable HunkReader reader(String path, int lineChars) {
    int number = number(path);
    HunkList list = compare(number);
    OpenFile known = open == null ? null : open.get();
    if (known != null && known.number() == number && known.lineChars() == lineChars) {
      return known.reader();
    }
    boolean large = files.get(number).content().size() > LARGE;
    if (large) {
      // The previous texts need not be in memory together with the next ones.
      open = null;
    }
    TextPair texts =
        list.rows() == 0 ? null : contents.read(files.get(number), () -> unread(number));
    if (texts == null) {
      return null;
    }
    HunkReader reader = texts.reader(list, path, lineChars, limits.shownChars());
    if (large) {
      open = new SoftReference<>(new OpenFile(number, lineChars, reader));
    }
    return reader;
  }

  /// Returns an estimate of the memory use in bytes, without contents, which the memory management
  /// may drop at any time.
  public long weight() {
    return weight;
  }

  private int number(String path) {
    Integer number = numbers.get(path);
    if (number == null) {
      throw new MalformedException(
          "cannot show the difference of a file: expected the path of a file of one of both"
              + " versions, found none of this path; use one of the list of files");
    }
    return number;
  }

  /// Returns a file and those after it whose contents are read with it.
  private List<FileSummary> unread(int number) {
    List<FileSummary> all = new ArrayList<>();
    long bytes = 0;
    for (int i = number; i < files.size() && bytes <= limits.heldBytes(); i++) {
      if (i == number || readable(files.get(i))) {
        all.add(files.get(i));
        bytes += files.get(i).content().size();
      }
    }
    return all;
  }

  /// Returns whether the lines of a file are shown if they are text.
  private static boolean shown(FileSummary file) {
    return switch (file.change()) {
      case ADDED, REMOVED, CHANGED, ROLE -> true;
      case MOVED -> file.mustRead();
      case EQUAL -> false;
    };
  }

  private boolean readable(FileSummary file) {
    return shown(file) && file.content().size() <= limits.fileBytes();
  }

  private HunkList compare(int number) {
    HunkList known = hunks[number];
    if (known != null) {
      return known;
    }
    FileSummary file = files.get(number);
    HunkList list = NO_HUNKS;
    Form form = Form.TEXT;
    if (readable(file)) {
      TextPair texts = contents.read(files.get(number), () -> unread(number));
      if (texts == null) {
        form = Form.BINARY;
      } else if (texts.lines() > MOST_LINES) {
        form = Form.TOO_LONG;
      } else {
        list = list(file, texts);
      }
    } else if (shown(file)) {
      form = Form.TOO_LONG;
    }
    hunks[number] = list;
    files.set(number, file.with(amount(form, list)));
    return list;
  }

  private HunkList list(FileSummary file, TextPair texts) {
    return switch (file.change()) {
      case ADDED, REMOVED, CHANGED -> texts.compare(limits);
      case ROLE -> file.isReadAsNew() ? texts.compare(limits) : whole(texts);
      case MOVED, EQUAL -> whole(texts);
    };
  }

  private static HunkList whole(TextPair texts) {
    return HunkList.whole(texts.after().lines().size());
  }

  private static Amount amount(Form form, HunkList list) {
    return new Amount(
        form, list.insertions(), list.deletions(), list.moved(), list.hunks().size(), list.rows());
  }
}
