package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.bundle.site.SiteConnection;
import lazaret.site.BundledCollection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import org.jspecify.annotations.Nullable;

/// A program that imports a bundle with files of the site, and ends between two writes of files as
/// if it were killed. Its arguments are the data folder, the folder of files, the bundle, and the
/// number of the write, counted from zero.
final class SiteImportChild {
  private SiteImportChild() {}

  public static void main(String[] args) throws IOException {
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[3]));
    Action halt =
        () -> {
          if (left.getAndDecrement() == 0) {
            Runtime.getRuntime().halt(137);
          }
        };
    try (NetworkFixture inside = NetworkFixture.open(Path.of(args[0]))) {
      SiteFileStore files = FolderSiteFileStore.open(Path.of(args[1]));
      ImportOutcome _ =
          run(
              inside,
              new SiteFileService(inside.store(), new Interrupted(files, halt)),
              Path.of(args[2]));
    }
  }

  /// Imports a bundle.
  static ImportOutcome run(NetworkFixture inside, SiteFileService files, Path bundle) {
    ImportContext context =
        new ImportContext(
            inside.desk.snapshots(),
            inside.data(),
            NetworkFixture.CLOCK,
            ImportContext.Steps.NONE,
            new SiteConnection(files, List.of(new Trees()), SiteBundles.Names.ALL_PUBLIC));
    return BundleImporter.over(context).run(ImportOptions.of(bundle, "ann"), ImportProgress.NONE);
  }

  /// An action before and after each write of a file.
  @FunctionalInterface
  interface Action {
    /// Runs it.
    void run() throws IOException;
  }

  /// A store of files with an action around each write.
  record Interrupted(SiteFileStore below, Action action) implements SiteFileStore {
    @Override
    public Optional<SiteFile> find(Sha256 sha256) throws IOException {
      return below.find(sha256);
    }

    @Override
    public SiteFileUpload begin(long expectedLength) throws IOException {
      action.run();
      return new InterruptedUpload(below.begin(expectedLength), action);
    }

    @Override
    public void delete(Sha256 sha256) throws IOException {
      below.delete(sha256);
    }

    @Override
    public List<Sha256> all() throws IOException {
      return below.all();
    }
  }

  private record InterruptedUpload(SiteFileUpload below, Action action) implements SiteFileUpload {
    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      action.run();
      below.write(bytes, offset, count);
    }

    @Override
    public long length() {
      return below.length();
    }

    @Override
    public SiteFile commit(@Nullable Sha256 expected) throws IOException {
      action.run();
      SiteFile file = below.commit(expected);
      action.run();
      return file;
    }

    @Override
    public void close() throws IOException {
      below.close();
    }
  }

  /// Trees of Git sources, all of which are accepted.
  static final class Trees implements BundledCollection {
    @Override
    public SiteFileCollection collection() {
      return SiteFileCollection.GIT;
    }

    @Override
    public List<DeskTable> tables() {
      return List.of(DeskTable.GIT_SOURCES);
    }

    @Override
    public List<DeskRow> rows(List<SiteFileRow> files, long snapshot) {
      return List.of();
    }

    @Override
    public List<DeskRow> received(Received received) {
      return received.rows();
    }
  }
}
