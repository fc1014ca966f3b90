package lazaret.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import lazaret.mirror.config.MirrorConfig;
import lazaret.site.SiteFileHandlers;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.SiteFileSweep;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.LimitedSiteFileStore;
import lazaret.site.store.ObjectSiteFileStore;
import lazaret.site.store.SiteFileStore;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The files of the site of a server.
final class SiteFileSetup implements AutoCloseable {
  /// The folder of the files of the site in the data folder.
  private static final String FILES = "site-files";

  private final SiteParts.Around around;
  private final @Nullable ObjectStore objects;
  private final LimitedSiteFileStore limited;
  private final SiteFileService files;
  private final SiteFileSweep sweep;

  private SiteFileSetup(
      SiteParts.Around around, @Nullable ObjectStore objects, SiteFileStore bytes) {
    MirrorConfig.Cache limits = around.config().cache();
    Path data = around.config().dataDir();
    this.around = around;
    this.objects = objects;
    this.limited =
        new LimitedSiteFileStore(
            bytes,
            new LimitedSiteFileStore.Limits(limits.siteFileBytes(), limits.minFreeBytes()),
            objects == null
                ? () -> Files.getFileStore(data).getUsableSpace()
                : LimitedSiteFileStore.FreeSpace.UNLIMITED);
    this.files = new SiteFileService(around.parts().store(), limited);
    this.sweep = new SiteFileSweep(files, around.parts().clock());
  }

  /// Opens the files. Nothing is in the background before [#start].
  ///
  /// @throws StoreException `store-failed` if the folder of files cannot be read
  static SiteFileSetup open(SiteParts.Around around) {
    StoreSettings shared = around.config().cache().shared();
    if (shared != null) {
      ObjectStore objects =
          ObjectStore.find()
              .orElseThrow(
                  () ->
                      new StoreException(
                          ErrorCode.STORE_UNUSABLE,
                          "cannot open the files of the site: the plug-in of the store of objects"
                              + " is missing",
                          null))
              .open(shared.objects());
      return new SiteFileSetup(
          around,
          objects,
          new ObjectSiteFileStore(objects, around.parts().clock(), ObjectSiteFileStore.PIECE));
    }
    try {
      return new SiteFileSetup(
          around, null, FolderSiteFileStore.open(around.config().dataDir().resolve(FILES)));
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot open the files of the site: " + e.getMessage(), e);
    }
  }

  /// Returns the files.
  SiteFileService files() {
    return files;
  }

  /// Returns the operations of the desk.
  ///
  /// @param desk the API that shows long operations
  HandlerSource handlers(Supplier<DeskApi> desk) {
    return new SiteFileHandlers(files, limited, SiteFileSetup::use, around.parts().clock(), desk);
  }

  /// Returns the reason for which a file is in use, in one clause.
  private static Optional<String> use(SiteFileRow row) {
    return switch (row.collection()) {
      case TOOLCHAINS -> Optional.of("a toolchain has it, which 'toolchain remove' removes");
      case GIT -> Optional.of("a Git source has it");
      case DOCUMENTATION ->
          Optional.of("documentation has it, which 'documentation remove' removes");
      case RESULTS, PRODUCT, ADVISORIES -> Optional.empty();
    };
  }

  /// Starts the removal of files that no row has, each hour.
  ///
  /// @param leader runs what one node of several does
  void start(Leader leader) {
    sweep.start(leader);
  }

  @Override
  public void close() {
    sweep.close();
    if (objects != null) {
      objects.close();
    }
  }
}
