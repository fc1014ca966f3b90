package lazaret.web.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRequest;
import lazaret.vetting.deskapi.diff.DiffRoleInfo;
import lazaret.web.PageRequest;

/// The files of a review in reading order, with the ids that they have on the page. They are
/// fetched in windows, at most 20,000 of them. Not thread-safe.
public final class ReviewFiles {
  private static final int WINDOW = 1_000;
  private static final int MAX_FILES = 20_000;

  private final PageRequest request;
  private final ReviewQuery query;
  private final DiffReply first;
  private final FileIdTable ids = new FileIdTable();
  private final List<ReviewFile> files = new ArrayList<>();

  private ReviewFiles(PageRequest request, ReviewQuery query, DiffReply first) {
    this.request = request;
    this.query = query.pinned(first.subject());
    this.first = first;
    add(first.files());
  }

  /// Fetches the first files.
  ///
  /// @throws lazaret.web.PageProblem if the difference cannot be shown
  public static ReviewFiles of(PageRequest request, ReviewQuery query) {
    DiffReply first = request.call(ReviewOperations.DIFF, window(query, 0));
    return new ReviewFiles(request, query, first);
  }

  private static DiffRequest window(ReviewQuery query, int from) {
    return new DiffRequest(query.name(), query.version(), query.base(), from, WINDOW, true);
  }

  private void add(List<DiffFileInfo> infos) {
    for (DiffFileInfo info : infos) {
      files.add(new ReviewFile(files.size(), ids.add(info.path()), info));
    }
  }

  /// Returns the reply with the first files.
  public DiffReply summary() {
    return first;
  }

  /// Returns the query, with the base that is compared.
  public ReviewQuery query() {
    return query;
  }

  /// Returns the files that were fetched.
  public List<ReviewFile> known() {
    return List.copyOf(files);
  }

  /// Returns the number of files that are equal to those of the base. Equal files are last.
  public int equal() {
    return first.total() - first.roles().stream().mapToInt(DiffRoleInfo::files).sum();
  }

  /// Returns the number of files that must be read.
  public int toRead() {
    return first.roles().stream().mapToInt(DiffRoleInfo::readFiles).sum();
  }

  /// Returns the number of changed lines of all files.
  public long lines() {
    return first.roles().stream().mapToLong(DiffRoleInfo::lines).sum();
  }

  /// Returns the number of changed lines that must be read.
  public long linesToRead() {
    return first.roles().stream().mapToLong(DiffRoleInfo::readLines).sum();
  }

  /// Returns a file by its index, or empty if there are fewer.
  public Optional<ReviewFile> at(int index) {
    while (index >= files.size() && more()) {
      DiffReply next = request.call(ReviewOperations.DIFF, window(query, files.size()));
      if (next.files().isEmpty()) {
        return Optional.empty();
      }
      add(next.files());
    }
    return index < files.size() ? Optional.of(files.get(index)) : Optional.empty();
  }

  private boolean more() {
    return files.size() < Math.min(first.total(), MAX_FILES);
  }

  /// Returns a file by its id, or empty if there is none.
  public Optional<ReviewFile> find(String id) {
    for (int i = 0; at(i).isPresent(); i++) {
      if (files.get(i).id().equals(id)) {
        return Optional.of(files.get(i));
      }
    }
    return Optional.empty();
  }

  /// Returns a file by its path, or empty if there is none.
  ///
  /// @param from the index of the first file to look at
  public Optional<ReviewFile> find(String path, int from) {
    for (int i = from; at(i).isPresent(); i++) {
      if (files.get(i).info().path().equals(path)) {
        return Optional.of(files.get(i));
      }
    }
    return Optional.empty();
  }

  /// Returns a file by its path among those that were fetched, or empty if there is none.
  public Optional<ReviewFile> path(String path) {
    return files.stream().filter(file -> file.info().path().equals(path)).findFirst();
  }
}
