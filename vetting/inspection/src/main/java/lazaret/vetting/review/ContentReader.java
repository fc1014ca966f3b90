package lazaret.vetting.review;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.inspect.literal.FileKind;
import org.jspecify.annotations.Nullable;

/// A reader of the contents of two artifacts. One pass over the archives reads several files, in
/// the order in which they are compared. Contents of at most [DiffLimits#heldBytes()] of each
/// artifact are read at once, or those of one file. The last two of these batches stay in memory,
/// so that two readers at different places do not open the archives in turn. The memory management
/// drops them if heap is short. Not thread-safe.
final class ContentReader {
  private final @Nullable Supplier<CrateArchive> base;
  private final Supplier<CrateArchive> crate;
  private final InspectLimits inspect;
  private final DiffLimits limits;
  private @Nullable SoftReference<Batch> last;
  private @Nullable SoftReference<Batch> former;

  /// The contents of some files.
  ///
  /// @param paths the paths of the files, whether they have contents in both artifacts or not
  private record Batch(Set<String> paths, Map<String, Bytes> old, Map<String, Bytes> young) {}

  /// @param base opens the artifact of the base; null if there is none
  /// @param crate opens the reviewed artifact
  ContentReader(
      @Nullable Supplier<CrateArchive> base,
      Supplier<CrateArchive> crate,
      InspectLimits inspect,
      DiffLimits limits) {
    this.base = base;
    this.crate = crate;
    this.inspect = inspect;
    this.limits = limits;
  }

  /// Returns the texts of a file, or null if they are not text.
  ///
  /// @param files returns the file and those after it, which are read in the same pass
  @Nullable TextPair read(FileSummary file, Supplier<List<FileSummary>> files) {
    Batch batch = known(file.path());
    if (batch == null) {
      // Contents before the previous ones need not be in memory together with the next ones.
      former = last;
      last = null;
      batch = batch(files.get());
      last = new SoftReference<>(batch);
    }
    String from = file.formerPath();
    Bytes before = file.isReadAsNew() ? null : batch.old().get(from == null ? file.path() : from);
    return TextPair.of(before, batch.young().get(file.path()), source(file)).orElse(null);
  }

  /// Returns the contents in memory that have a file, which become the last ones, or null.
  private @Nullable Batch known(String path) {
    Batch latest = last == null ? null : last.get();
    if (latest != null && latest.paths().contains(path)) {
      return latest;
    }
    Batch earlier = former == null ? null : former.get();
    if (earlier == null || !earlier.paths().contains(path)) {
      return null;
    }
    SoftReference<Batch> exchanged = last;
    last = former;
    former = exchanged;
    return earlier;
  }

  /// Returns whether a file is shown as text regardless of its bytes. A zero byte must not hide a
  /// source from its reviewer.
  private static boolean source(FileSummary file) {
    boolean code = file.role().compareTo(ContentRole.RUNTIME) <= 0;
    return file.path().endsWith(".rs")
        || file.role() == ContentRole.MANIFEST
        || (code && file.content().kind() == FileKind.OTHER);
  }

  private Batch batch(List<FileSummary> files) {
    Set<String> wanted = new HashSet<>();
    Set<String> wantedOld = new HashSet<>();
    long bytes = 0;
    for (FileSummary file : files) {
      long size = file.content().size();
      if (!wanted.isEmpty() && bytes + size > limits.heldBytes()) {
        break;
      }
      if (size <= limits.fileBytes()) {
        bytes += size;
        wanted.add(file.path());
        String from = file.formerPath();
        wantedOld.add(from == null ? file.path() : from);
      }
    }
    return new Batch(
        wanted,
        base == null ? Map.of() : contents(base.get(), wantedOld),
        contents(crate.get(), wanted));
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
}
